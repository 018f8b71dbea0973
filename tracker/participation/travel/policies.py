"""Who looks after a journey, who says how its person is paid, and when."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Predicate, Refusal, Rules

S = SeatStatus


class TravelAction(enum.StrEnum):
    """What is recorded of a journey."""

    PREPARE = "prepare_journey"
    DEVIATE = "record_deviation"
    TICKET = "record_ticket"
    PAYEE = "record_payee"
    TRAVEL = "record_travel"
    HAND_OVER = "hand_over_cash"
    BOOK = "book_cash"
    UNDO = "undo_hand_over"
    RENEW_LINK = "renew_link"
    READ_OUT = "read_out_code"


@dataclass(frozen=True, slots=True)
class TravelFacts(Facts):
    """How the seat stands, whether its request is strictly confidential, whether its person signed for cash that is not
    recorded yet, and whether their own page can be opened."""

    seat: SeatStatus
    strict: bool
    signed: bool
    page_leads: bool


def looks_after(actor: Actor, facts: TravelFacts) -> Refusal | None:
    """The travel officer works at the desk; managers, finance and auditors read it. What is strictly confidential is
    not open to travel officers, so a manager looks after it (`queries.looked_after_by` asks the same of many)."""
    if actor.has("travel_officer"):
        return None
    if not facts.strict:
        return Refusal("role", lazy("Only a travel officer records this."))
    if actor.has("programme_manager"):
        return None
    return Refusal("role", lazy("This request is strictly confidential: a programme manager records this."))


def keeps_the_books(actor: Actor, _facts: object) -> Refusal | None:
    """How somebody is paid is known to the finance system."""
    if actor.has("finance_officer"):
        return None
    return Refusal("role", lazy("Only a finance officer records how somebody is paid."))


def stands(*statuses: SeatStatus) -> Predicate[TravelFacts]:
    """The seat stands in one of these."""

    def stands_here(_actor: Actor, facts: TravelFacts) -> Refusal | None:
        if facts.seat in statuses:
            return None
        if facts.seat in ON_THE_WAY:
            return Refusal("status", lazy("The journey is not that far, or further: this is not recorded now."))
        return Refusal("status", lazy("Nobody travels on this seat: its State has not confirmed it, or it ended."))

    return stands_here


def has_a_page(_actor: Actor, facts: TravelFacts) -> Refusal | None:
    """A link would lead somewhere: on the way, and for 90 days after the settlement."""
    if facts.page_leads:
        return None
    return Refusal("status", lazy("Nobody travels on this seat, or its page ended 90 days after the settlement."))


def signed_for_cash(_actor: Actor, facts: TravelFacts) -> Refusal | None:
    """Somebody was ticked off, and finance has not recorded the payment."""
    if facts.signed:
        return None
    return Refusal("status", lazy("No tick can be taken back: nobody signed, or the payment is recorded."))


RULES: Rules[Any] = {
    TravelAction.PREPARE: (looks_after, stands(S.CONFIRMED, S.TICKETED)),
    TravelAction.DEVIATE: (looks_after, stands(S.CONFIRMED)),
    TravelAction.TICKET: (looks_after, stands(S.CONFIRMED, S.TICKETED)),
    TravelAction.PAYEE: (keeps_the_books, stands(*ON_THE_WAY)),
    TravelAction.HAND_OVER: (looks_after, stands(S.TICKETED, S.TRAVELLED)),
    TravelAction.BOOK: (keeps_the_books, stands(S.TICKETED, S.TRAVELLED)),
    TravelAction.UNDO: (looks_after, stands(S.TICKETED, S.TRAVELLED, S.NO_SHOW), signed_for_cash),
    TravelAction.RENEW_LINK: (looks_after, has_a_page),
    TravelAction.READ_OUT: (looks_after, has_a_page),
    TravelAction.TRAVEL: (looks_after, stands(S.TICKETED, S.TRAVELLED)),
}
"""A ticket and a journey that were recorded are corrected by recording them again; private reasons are said before the
ticket is bought."""
