"""Who hands papers in, who opens them, and when."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import By, Paper
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


class PapersAction(enum.StrEnum):
    """What is done with papers."""

    HAND_IN = "hand_in_papers"
    ACCEPT = "accept_passport"
    OPEN = "open_papers"
    OPEN_EVIDENCE = "open_evidence"


@dataclass(frozen=True, slots=True)
class PapersFacts(Facts):
    """How the seat stands, whether its request is strictly confidential; who hands in which paper (None: nobody does
    now), which are asked, and whether the page on which they do is of whoever sits in the seat; whether something was
    handed in, and is doubted; and whether all was erased."""

    seat: SeatStatus
    strict: bool
    by: By | None
    paper: Paper | None
    asked: frozenset[Paper]
    own_page: bool
    handed_in: bool
    doubted: bool
    erased: bool


def hands_in(actor: Actor, facts: PapersFacts) -> Refusal | None:
    """The delegate or their helper on their own page, or whoever looks after the journey from paper or mail."""
    if facts.by not in (By.DELEGATE, By.HELPER):
        return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict
    if not facts.own_page:
        return Refusal("person", lazy("This page is not of the person who sits in this seat."))
    return None


def no_bank_data_by_helpers(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """A helper does not say where money goes."""
    if facts.by is By.HELPER and facts.paper is Paper.PAYMENT:
        return Refusal("helper", lazy("Only the delegate says how to be paid."))
    return None


def asked_on_the_own_page(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """On a page of their own people hand in what is asked of them, and say what they need; no account of a bank where
    nothing goes there."""
    if facts.by in (None, By.OFFICER) or facts.paper is Paper.ACCESS or facts.paper in facts.asked:
        return None
    return Refusal("asked", lazy("This is not asked for your journey."))


def on_the_way(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """Papers are asked once the State has confirmed the seat, until it is settled."""
    if facts.seat in ON_THE_WAY:
        return None
    return Refusal("status", lazy("Papers are asked once the State has confirmed the seat, and until it is settled."))


def not_erased(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """What is gone is gone."""
    return Refusal("erased", lazy("The papers of this person were erased.")) if facts.erased else None


def something_is_there(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """There is something to open."""
    return None if facts.handed_in else Refusal("nothing", lazy("Nothing was handed in yet."))


def is_doubted(_actor: Actor, facts: PapersFacts) -> Refusal | None:
    """There is something to decide."""
    return None if facts.doubted else Refusal("status", lazy("Nothing is to be decided about this passport."))


def looks_after_it(actor: Actor, facts: PapersFacts) -> Refusal | None:
    """The travel officer; of what is strictly confidential a programme manager."""
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def answers_for_payments(actor: Actor, facts: PapersFacts) -> Refusal | None:
    """The finance officer; of what is strictly confidential a programme manager."""
    if actor.has("programme_manager" if facts.strict else "finance_officer"):
        return None
    return Refusal("role", lazy("Only a finance officer reads this, of strictly confidential requests a manager."))


RULES: Rules[Any] = {
    PapersAction.HAND_IN: (hands_in, no_bank_data_by_helpers, asked_on_the_own_page, not_erased, on_the_way),
    PapersAction.ACCEPT: (looks_after_it, not_erased, on_the_way, is_doubted),
    PapersAction.OPEN: (looks_after_it, not_erased, something_is_there),
    PapersAction.OPEN_EVIDENCE: (answers_for_payments,),
}
