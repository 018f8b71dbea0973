"""Who offers seats, who answers for a State, and who takes back what nobody answered."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.offers.lifecycle import CLOSED_WORDS, Outcome
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import Facts, Refusal, Rules


class OfferAction(enum.StrEnum):
    """What is done with offers."""

    SEND = "send_offers"
    ANSWER = "answer_offer"
    DECLINE = "decline_offer"
    SUBSTITUTE = "substitute"
    TAKE_BACK = "take_back_offers"


@dataclass(frozen=True, slots=True)
class OfferFacts(Facts):
    """Whose request the seat is of, how the offer ended (None while it is open), how its seat stands now, if it is
    still of the person to whom it was offered, and what was paid for the seat and did not come back."""

    organisation_id: int
    outcome: Outcome | None
    seat: SeatStatus | None
    paid_minor: int


def sends(actor: Actor, _facts: object) -> Refusal | None:
    """Travel officers and managers put seats to their States."""
    if actor.has(*TRAVEL_OFFICERS):
        return None
    return Refusal("role", lazy("Only a travel officer or a programme manager offers seats."))


def takes_back(actor: Actor, _facts: object) -> Refusal | None:
    """Silence is followed by the manager alone."""
    if actor.has("programme_manager"):
        return None
    return Refusal("role", lazy("Only a programme manager takes back seats that nobody answered."))


def speaks_for_the_state(actor: Actor, offer: OfferFacts) -> Refusal | None:
    """The authority of the State whose seat it is."""
    if actor.has("authorising_officer") and actor.organisation_id == offer.organisation_id:
        return None
    return Refusal("authority", lazy("Only the authority of the State answers for its seats."))


def is_open(_actor: Actor, offer: OfferFacts) -> Refusal | None:
    """The offer was not answered and not taken back."""
    return None if offer.outcome is None else Refusal("closed", CLOSED_WORDS[offer.outcome])


def may_change_hands(actor: Actor, offer: OfferFacts) -> Refusal | None:
    """The seat is offered, or it is confirmed and nothing was bought for it."""
    if offer.outcome is Outcome.CONFIRMED:
        if offer.seat is SeatStatus.CONFIRMED:
            return None
        return Refusal("status", lazy("This seat has moved on: write to UNODC to name somebody else."))
    return is_open(actor, offer)


def costs_nothing_yet(_actor: Actor, offer: OfferFacts) -> Refusal | None:
    """What was paid for one person is not handed on or forgotten: the seat is ended first, so that it is said who
    bears it."""
    if not offer.paid_minor:
        return None
    return Refusal("paid", PAID_ALREADY)


PAID_ALREADY = lazy(
    "Something was paid for this seat and did not come back. The seat can be ended, which says who bears that; a seat "
    "that comes free goes to the reserve list."
)

RULES: Rules[Any] = {
    OfferAction.SEND: (sends,),
    OfferAction.ANSWER: (speaks_for_the_state, is_open),
    OfferAction.DECLINE: (speaks_for_the_state, is_open, costs_nothing_yet),
    OfferAction.SUBSTITUTE: (speaks_for_the_state, may_change_hands, costs_nothing_yet),
    OfferAction.TAKE_BACK: (takes_back,),
}
