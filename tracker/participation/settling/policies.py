"""Who enters what is due for a seat, who settles it, and who closes a session."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import Facts, Refusal, Rules


class SettleAction(enum.StrEnum):
    """What is done around a settlement."""

    ENTER = "enter_settlement"
    SETTLE = "settle_seat"
    ENTER_MANY = "enter_settlements"
    SETTLE_MANY = "settle_seats"
    CLOSE = "close_session"


@dataclass(frozen=True, slots=True)
class SettleFacts(Facts):
    """Where a seat stands, whether it waits to be settled, and who entered what is due (None: nobody yet);
    `is_outdated`: it was said since that somebody else bears the cost; `desk_differs`: the travel desk corrected the
    journey since; `bearer_is_open`: something was paid, and the
    manager has not said yet who bears it; `claim_waits`: the delegate sent a claim that is not answered."""

    seat: SeatStatus
    is_open: bool
    entered_by_id: int | None
    is_outdated: bool
    desk_differs: bool
    bearer_is_open: bool
    claim_waits: bool


def enters(actor: Actor, _facts: object) -> Refusal | None:
    """Travel officers and managers say how the journey went and what is due."""
    if actor.has(*TRAVEL_OFFICERS):
        return None
    return Refusal("role", lazy("Only a travel officer or a programme manager enters what is due."))


def settles(actor: Actor, _facts: object) -> Refusal | None:
    """Finance confirms settlements."""
    if actor.has("finance_officer"):
        return None
    return Refusal("role", lazy("Only a finance officer settles a seat."))


def closes(actor: Actor, _facts: object) -> Refusal | None:
    """A session's account is closed by the manager."""
    if actor.has("programme_manager"):
        return None
    return Refusal("role", lazy("Only a programme manager closes a session."))


def waits_to_be_settled(_actor: Actor, facts: SettleFacts) -> Refusal | None:
    """The journey is over, missed, or was cancelled after something was paid."""
    if facts.is_open:
        return None
    if facts.seat is SeatStatus.SETTLED:
        return Refusal("status", lazy("This seat is settled already."))
    if facts.seat is SeatStatus.CANCELLED:
        return Refusal("status", lazy("Nothing was paid for this seat: there is nothing to settle."))
    return Refusal("status", lazy("This seat cannot be settled yet: its journey is not over."))


def bearer_is_said(_actor: Actor, facts: SettleFacts) -> Refusal | None:
    """Where the cause leaves it open who bears the cost, the manager has said it."""
    if not facts.bearer_is_open:
        return None
    return Refusal("bearer", lazy("The programme manager says first who bears what was paid for this seat."))


def is_entered(_actor: Actor, facts: SettleFacts) -> Refusal | None:
    """What is due was entered, and neither who bears it nor the journey was said otherwise since."""
    if facts.is_outdated:
        return Refusal("status", lazy("Who bears the cost was said after what is due was entered: enter it again."))
    if facts.desk_differs:
        return Refusal("status", lazy("The travel desk corrected the journey since: what is due is entered again."))
    if facts.entered_by_id is not None:
        return None
    return Refusal("status", lazy("The travel officer enters first what is due."))


def claim_is_answered(_actor: Actor, facts: SettleFacts) -> Refusal | None:
    """What the delegate claims was looked at when it was entered what is due."""
    if not facts.claim_waits:
        return None
    return Refusal("claim", lazy("The delegate sent a claim since: what is due is entered again, which answers it."))


def somebody_else(actor: Actor, facts: SettleFacts) -> Refusal | None:
    """Who entered what is due does not settle it."""
    if facts.entered_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You entered what is due: somebody else settles the seat."))


RULES: Rules[Any] = {
    SettleAction.ENTER: (enters, waits_to_be_settled, bearer_is_said),
    SettleAction.SETTLE: (settles, waits_to_be_settled, bearer_is_said, is_entered, claim_is_answered, somebody_else),
    SettleAction.ENTER_MANY: (enters,),
    SettleAction.SETTLE_MANY: (settles,),
    SettleAction.CLOSE: (closes,),
}
