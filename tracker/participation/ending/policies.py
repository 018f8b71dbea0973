"""Who ends one seat or those of a cancelled session, notes a missed journey, and says who bears the cost."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import BEARS, TRANSITIONS, Bearer, Cause, SeatAction, SeatStatus
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import Facts, Predicate, Refusal, Rules


class EndAction(enum.StrEnum):
    """What ends a seat without a journey, and what is said of it after."""

    END = "end_seat"
    END_ALL = "end_session_seats"
    MISS = "miss_journey"
    GIVE_UP = "give_up_seat"
    SAY_WHO_BEARS = "say_who_bears"


@dataclass(frozen=True, slots=True)
class SeatFacts(Facts):
    """A seat: whose, where it stands, whether its State confirmed it for whoever sits in it, why nobody travels on it,
    who bears that, what was paid and did not come back, and whether the first day of the journey has come: that of the
    ticket or, before it is known, the first one for which the State nominated the person."""

    organisation_id: int
    status: SeatStatus
    is_confirmed: bool
    cause: Cause | None
    borne_by: Bearer | None
    paid_minor: int
    has_begun: bool


@dataclass(frozen=True, slots=True)
class SessionFacts(Facts):
    """A session, and whether it was cancelled."""

    is_cancelled: bool


def looks_after_travel(actor: Actor, _facts: object) -> Refusal | None:
    """Travel officers and managers look after journeys."""
    if actor.has(*TRAVEL_OFFICERS):
        return None
    return Refusal("role", lazy("Only a travel officer or a programme manager can do this."))


def manages(actor: Actor, _facts: object) -> Refusal | None:
    """A programme manager."""
    if actor.has("programme_manager"):
        return None
    return Refusal("role", lazy("Only a programme manager can do this."))


def speaks_for_the_state(actor: Actor, seat: SeatFacts) -> Refusal | None:
    """The authority of the State whose seat it is."""
    if actor.has("authorising_officer") and actor.organisation_id == seat.organisation_id:
        return None
    return Refusal("authority", lazy("Only the authority of the State gives up its seats."))


def leads_on(action: SeatAction, sentence: Any) -> Predicate[SeatFacts]:
    """The seat stands where the action is lawful."""

    def leads_on(_actor: Actor, seat: SeatFacts) -> Refusal | None:
        return None if seat.status in TRANSITIONS[action].sources else Refusal("status", sentence)

    return leads_on


def is_confirmed(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """What is still offered is declined; what was confirmed is given up."""
    if seat.is_confirmed:
        return None
    return Refusal("not_confirmed", lazy("Only a seat that your State has confirmed is given up here."))


def is_ahead(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """From its first day on it is the office that says whether a journey was made."""
    if not seat.has_begun:
        return None
    return Refusal("begun", lazy("The journey has begun: write to UNODC, which notes whether it was made."))


def is_not_on_the_way(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """Whoever has a ticket can be told to stay at home until the journey begins; then it is made or missed."""
    if seat.status is not SeatStatus.TICKETED or not seat.has_begun:
        return None
    return Refusal("begun", lazy("The first day of this journey has come: say whether it was made or missed."))


def has_begun(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """Nobody misses a journey before its first day."""
    if seat.has_begun:
        return None
    return Refusal("ahead", lazy("This journey is still to come: it can be ended, and missed from its first day on."))


def was_cancelled(_actor: Actor, session: SessionFacts) -> Refusal | None:
    """Seats of a session that takes place end one by one."""
    if session.is_cancelled:
        return None
    return Refusal("takes_place", lazy("The session was not cancelled: end its seats one by one."))


def bearer_is_open(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """The cause leaves a choice, and nobody has made it yet."""
    if seat.cause is not None and BEARS[seat.cause] is None and seat.borne_by is None:
        return None
    return Refusal("said", lazy("Who bears the cost of this seat is not open."))


def something_was_paid(_actor: Actor, seat: SeatFacts) -> Refusal | None:
    """Where nothing was spent, nobody bears anything."""
    if seat.paid_minor:
        return None
    return Refusal("unpaid", lazy("Nothing was paid for this seat: nobody bears anything."))


ENDS = leads_on(SeatAction.CANCEL, lazy("This seat has ended already, or its journey is over."))
MISSES = leads_on(
    SeatAction.MISS, lazy("A journey is missed by somebody who has a ticket: this seat does not stand so.")
)

RULES: Rules[Any] = {
    EndAction.END: (looks_after_travel, ENDS, is_not_on_the_way),
    EndAction.END_ALL: (manages, was_cancelled),
    EndAction.MISS: (looks_after_travel, MISSES, has_begun),
    EndAction.GIVE_UP: (speaks_for_the_state, ENDS, is_confirmed, is_ahead),
    EndAction.SAY_WHO_BEARS: (manages, bearer_is_open, something_was_paid),
}
