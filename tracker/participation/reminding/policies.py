"""Who reminds a delegate, and when there is something to remind of."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.missing import WAITS
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import REQUEST_WRITERS, Actor
from tracker.rights.rules import Facts, Refusal, Rules


class RemindAction(enum.StrEnum):
    """What is done."""

    REMIND = "remind_of_papers"


@dataclass(frozen=True, slots=True)
class RemindFacts(Facts):
    """Whose request the seat is of, how it stands, whether its request is strictly confidential; whether papers of its
    person are missing, they have a link that opens their page and an address to which it goes, the last letter to them
    was not delivered, and they were reminded today."""

    organisation_id: int
    seat: SeatStatus
    strict: bool
    missing: bool
    linked: bool
    addressed: bool
    came_back: bool
    reminded_today: bool


def asks(actor: Actor, facts: RemindFacts) -> Refusal | None:
    """The State asks its own delegates, the office whomever it looks after."""
    if actor.has(*REQUEST_WRITERS) and actor.organisation_id == facts.organisation_id:
        return None
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def is_to_travel(_actor: Actor, facts: RemindFacts) -> Refusal | None:
    """The journey is to come."""
    if facts.seat in WAITS:
        return None
    return Refusal("status", lazy("Papers are asked once the State has confirmed the seat, and before the journey."))


def something_is_missing(_actor: Actor, facts: RemindFacts) -> Refusal | None:
    """There is something to remind of."""
    return None if facts.missing else Refusal("nothing", lazy("No paper of this person is missing."))


def can_be_reached(_actor: Actor, facts: RemindFacts) -> Refusal | None:
    """A mail with the link comes to them."""
    if not facts.linked:
        return Refusal("link", lazy("This person has no link that opens their page: the travel officer sends one."))
    if not facts.addressed:
        return Refusal("address", lazy("No e-mail address of this person is known: they are reminded by telephone."))
    if facts.came_back:
        words = lazy("The last letter to this person could not be delivered: the travel officer corrects the address.")
        return Refusal("undelivered", words)
    return None


def not_today(_actor: Actor, facts: RemindFacts) -> Refusal | None:
    """Once a day is enough."""
    return Refusal("today", lazy("This person was reminded today.")) if facts.reminded_today else None


UNREACHED = ("link", "address", "undelivered")
"""Why somebody cannot be reached by mail: the codes of `can_be_reached`."""
RULES: Rules[Any] = {RemindAction.REMIND: (asks, is_to_travel, something_is_missing, can_be_reached, not_today)}
