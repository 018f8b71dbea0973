"""Who writes the conditions, who accepts them, and until when."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import By
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


class ConditionsAction(enum.StrEnum):
    """What is done with conditions."""

    WRITE = "write_conditions"
    CHANGE = "change_conditions"
    ACCEPT = "accept_conditions"
    ENTER = "enter_conditions"


@dataclass(frozen=True, slots=True)
class VersionFacts(Facts):
    """Whether somebody accepted the version, and whether it holds or has held."""

    accepted: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class AnswerFacts(Facts):
    """How the seat stands, whether its request is strictly confidential; who answers, and whether the page is of
    whoever sits in the seat; and whether this person has accepted."""

    seat: SeatStatus
    strict: bool
    by: By
    own_page: bool
    accepted: bool


def writes_conditions(actor: Actor, _facts: object) -> Refusal | None:
    """What delegates agree to is the programme manager's to say."""
    if actor.has("programme_manager"):
        return None
    return Refusal("not_manager", lazy("Only a programme manager writes the conditions."))


def nobody_accepted(_actor: Actor, facts: VersionFacts) -> Refusal | None:
    """What somebody agreed to stays as it is."""
    if not facts.accepted:
        return None
    return Refusal("accepted", lazy("Somebody has accepted this text: it stays as it is. Write a new version."))


def not_begun(_actor: Actor, facts: VersionFacts) -> Refusal | None:
    """What holds was read already, also by people who sign it on paper."""
    if not facts.begun:
        return None
    return Refusal("begun", lazy("This text holds already: it stays as it is. Write a new version."))


def is_the_delegate(_actor: Actor, facts: AnswerFacts) -> Refusal | None:
    """Only whoever travels agrees: no helper and nobody who sat there before."""
    if facts.by is By.DELEGATE and facts.own_page:
        return None
    return Refusal("person", lazy("Only the person who sits in this seat accepts the conditions."))


def looks_after_it(actor: Actor, facts: AnswerFacts) -> Refusal | None:
    """From paper: the travel officer; of what is strictly confidential a programme manager."""
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def on_the_way(_actor: Actor, facts: AnswerFacts) -> Refusal | None:
    """Conditions are asked once the State has confirmed the seat, until it is settled."""
    if facts.seat in ON_THE_WAY:
        return None
    return Refusal("status", lazy("Conditions are asked once the State has confirmed the seat, until it is settled."))


def not_accepted_yet(_actor: Actor, facts: AnswerFacts) -> Refusal | None:
    """A person agrees once."""
    return Refusal("accepted", lazy("This person has accepted the conditions already.")) if facts.accepted else None


RULES: Rules[Any] = {
    ConditionsAction.WRITE: (writes_conditions,),
    ConditionsAction.CHANGE: (writes_conditions, nobody_accepted, not_begun),
    ConditionsAction.ACCEPT: (is_the_delegate, on_the_way, not_accepted_yet),
    ConditionsAction.ENTER: (looks_after_it, on_the_way, not_accepted_yet),
}
