"""Who prepares, sends and takes back a claim, who of the office looks at it, and who opens its papers."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.claims.lifecycle import ClaimPaperKind, ClaimStatus
from tracker.participation.papers.lifecycle import By
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import Facts, Refusal, Rules


class ClaimAction(enum.StrEnum):
    """What is done with a claim."""

    PREPARE = "prepare_claim"
    SEND = "send_claim"
    TAKE_BACK = "take_back_claim"
    BEGIN = "begin_claim"
    ASK = "ask_to_complete_claim"
    OPEN = "open_claim_paper"
    READ = "read_claim"


@dataclass(frozen=True, slots=True)
class ClaimFacts(Facts):
    """How the seat stands, whether its request is strictly confidential and the journey over; who prepares the claim
    (None: nobody does now), and whether their page is of whoever sits in the seat; whether a version is prepared, how
    the last that was sent stands, and which kind of paper is opened."""

    seat: SeatStatus
    strict: bool
    over: bool
    by: By | None
    own_page: bool
    drafted: bool
    sent: ClaimStatus | None
    paper: ClaimPaperKind | None


def on_their_own_page(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """The delegate, or the helper whom they named, on a page of theirs."""
    if facts.by in (By.DELEGATE, By.HELPER) and facts.own_page:
        return None
    return Refusal("person", lazy("This page is not of the person who sits in this seat."))


def by_themself(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """What is claimed is the delegate's word: a helper prepares it."""
    if facts.by is By.DELEGATE:
        return None
    return Refusal("helper", lazy("You can prepare the claim; the delegate sends it from their own page."))


def journey_is_over(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """Claims are made after the journey, until the seat is settled."""
    if facts.over:
        return None
    if facts.seat is SeatStatus.SETTLED:
        return Refusal("status", lazy("This seat is settled: nothing more can be claimed. Call the travel officer."))
    return Refusal("status", lazy("A claim is made once the journey is over."))


def nothing_waits(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """What was sent is taken back before it is changed; once the office has begun a later version corrects it."""
    if facts.drafted or facts.sent is not ClaimStatus.SENT:
        return None
    return Refusal("status", lazy("The claim was sent. Take it back to change it."))


def is_drafted(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """There is something to send."""
    return None if facts.drafted else Refusal("status", lazy("Nothing is prepared that could be sent."))


def was_sent(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """The office has not begun."""
    if facts.sent is ClaimStatus.SENT:
        return None
    return Refusal("status", lazy("The office has begun to look at it: correct it by a later version."))


def looks_after_it(actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """The travel officer; of what is strictly confidential a programme manager."""
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def is_new(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """A claim was sent at which nobody has looked."""
    if facts.sent is ClaimStatus.SENT:
        return None
    return Refusal("status", lazy("No claim waits to be looked at."))


def is_looked_at(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """A claim is there that is not answered, and the seat is not settled."""
    if facts.over and facts.sent in (ClaimStatus.SENT, ClaimStatus.BEGUN):
        return None
    return Refusal("status", lazy("No claim is looked at that could be completed."))


def is_taken_on(_actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """What can still be taken back is not read paper by paper."""
    if facts.sent in (None, ClaimStatus.SENT):
        return Refusal("status", lazy("Begin to look at the claim first: until then it can be taken back."))
    return None


def opens_it(actor: Actor, facts: ClaimFacts) -> Refusal | None:
    """Receipts are read by whoever looks after the journey and by finance, boarding passes not by finance."""
    if facts.paper is ClaimPaperKind.RECEIPT and actor.has("finance_officer"):
        return None
    return looks_after_it(actor, facts)


def reads_all(actor: Actor, _facts: object) -> Refusal | None:
    """Words, days and the list of boarding passes are for whoever looks after the journey or enters what is due."""
    if actor.has(*TRAVEL_OFFICERS):
        return None
    return Refusal("role", lazy("Only a travel officer or a programme manager reads all of a claim."))


RULES: Rules[Any] = {
    ClaimAction.PREPARE: (on_their_own_page, journey_is_over, nothing_waits),
    ClaimAction.SEND: (on_their_own_page, by_themself, journey_is_over, is_drafted),
    ClaimAction.TAKE_BACK: (on_their_own_page, by_themself, journey_is_over, was_sent),
    ClaimAction.BEGIN: (looks_after_it, is_new),
    ClaimAction.ASK: (looks_after_it, is_looked_at),
    ClaimAction.OPEN: (opens_it, is_taken_on),
    ClaimAction.READ: (reads_all,),
}
