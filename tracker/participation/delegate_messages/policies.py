"""Who writes to whom about a journey, and when."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.delegate_messages.lifecycle import WRITTEN_TO
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.policies import looks_after, stands
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


class MessagesAction(enum.StrEnum):
    """What is done with messages."""

    WRITE = "write_to_the_office"
    ANSWER = "write_to_a_delegate"
    READ = "read_messages"
    NO_ANSWER = "say_no_answer_is_needed"


@dataclass(frozen=True, slots=True)
class MessagesFacts(Facts):
    """How the seat stands, and whether its texts are due to go; whether its request is strictly confidential; whether
    the page on which is written is of whoever sits in the seat; whether they have a link that opens theirs; and whether
    they wait for an answer."""

    seat: SeatStatus
    over: bool
    strict: bool
    own_page: bool
    linked: bool
    waits: bool


def on_the_own_page(_actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """The delegate, or their helper."""
    if facts.own_page:
        return None
    return Refusal("person", lazy("This page is not of the person who sits in this seat."))


def looks_after_it(actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """The travel officer; of what is strictly confidential a programme manager."""
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def on_the_way(actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """Somebody travels on the seat."""
    return stands(*ON_THE_WAY)(actor, facts)  # type: ignore[arg-type]  # it asks how the seat stands


def can_be_written_to(_actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """Somebody travels on the seat, or did not come, or the journey was settled lately."""
    if facts.seat in WRITTEN_TO and not facts.over:
        return None
    return Refusal("status", lazy("Nobody travels on this seat any more."))


def can_be_read(_actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """Nothing is written that nobody can read."""
    if facts.linked:
        return None
    if facts.seat not in ON_THE_WAY:
        return Refusal("link", lazy("The personal link of this person has ended: nobody would read it."))
    return Refusal("link", lazy("This person has no personal link: nobody would read it. Send a link first."))


def somebody_waits(_actor: Actor, facts: MessagesFacts) -> Refusal | None:
    """There is a message without an answer."""
    return None if facts.waits else Refusal("status", lazy("No message of this person waits for an answer."))


RULES: Rules[Any] = {
    MessagesAction.WRITE: (on_the_own_page, on_the_way),
    MessagesAction.READ: (looks_after_it,),
    MessagesAction.ANSWER: (looks_after_it, can_be_written_to, can_be_read),
    MessagesAction.NO_ANSWER: (looks_after_it, can_be_written_to, somebody_waits),
}
