"""What a delegate claims once the journey is over, and how far a claim is. Pure, knows no database."""

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.costs.lines import LineKind
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import SeatStatus

MOST_PAPERS = 30
"""How many boarding passes and receipts one claim takes."""


class ClaimStatus(enum.StrEnum):
    """How far a version of a claim is. Until the office begins, what was sent is taken back; afterwards it is corrected
    by a later version."""

    DRAFT = "draft"
    SENT = "sent"
    BEGUN = "begun"
    ASKED = "asked"
    ANSWERED = "answered"


CLAIM_LABELS: dict[str, Any] = {
    ClaimStatus.DRAFT: lazy("Not sent yet"),
    ClaimStatus.SENT: lazy("Sent"),
    ClaimStatus.BEGUN: lazy("The office looks at it"),
    ClaimStatus.ASKED: lazy("To be completed"),
    ClaimStatus.ANSWERED: lazy("Answered"),
}


class ClaimStep(enum.StrEnum):
    """What moves a version of a claim."""

    SEND = "send"
    TAKE_BACK = "take_back"
    BEGIN = "begin"
    ASK = "ask"
    ANSWER = "answer"


S = ClaimStatus
STEPS: dict[ClaimStep, tuple[frozenset[ClaimStatus], ClaimStatus]] = {
    ClaimStep.SEND: (frozenset({S.DRAFT}), S.SENT),
    ClaimStep.TAKE_BACK: (frozenset({S.SENT}), S.DRAFT),
    ClaimStep.BEGIN: (frozenset({S.SENT}), S.BEGUN),
    ClaimStep.ASK: (frozenset({S.SENT, S.BEGUN}), S.ASKED),
    ClaimStep.ANSWER: (frozenset({S.SENT, S.BEGUN, S.ASKED, S.ANSWERED}), S.ANSWERED),
}
"""From where each step leads where."""


class ClaimPaperKind(enum.StrEnum):
    """What is handed in with a claim."""

    BOARDING = "boarding"
    RECEIPT = "receipt"


class ReceiptLine(enum.StrEnum):
    """What a receipt is for."""

    VISA = "visa"
    INSURANCE = "insurance"
    OTHER = "other"


RECEIPT_LABELS: dict[str, Any] = {
    ReceiptLine.VISA: lazy("Visa"),
    ReceiptLine.INSURANCE: lazy("Insurance"),
    ReceiptLine.OTHER: lazy("Something else"),
}
BY_RECEIPT = (LineKind.VISA, LineKind.INSURANCE)
"""Lines that this fund pays by invoice and that a delegate may have paid."""


def receipt_lines(fund_pays: Collection[str]) -> tuple[ReceiptLine, ...]:
    """For what receipts are taken: the lines by invoice that the fund pays for this seat, and anything else, of which
    the office says whether it is paid."""
    own = [ReceiptLine(kind.value) for kind in BY_RECEIPT if kind in fund_pays]
    return (*own, ReceiptLine.OTHER)


def is_over(status: SeatStatus, last_day: date | None, today: date) -> bool:
    """Whether a claim can be made: it is recorded that the person travelled, or they have a ticket and their last day
    at the place is over."""
    if status is SeatStatus.TRAVELLED:
        return True
    return status is SeatStatus.TICKETED and last_day is not None and last_day < today


def opens_on(last_day: date | None) -> date | None:
    """The first day on which a claim can be made."""
    return last_day + timedelta(days=1) if last_day else None


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day at the place, what others provided by day, and a word on anything else."""

    first_day: date | None = None
    last_day: date | None = None
    provided: Mapping[date, frozenset[str]] | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: for which line, what it was, on which day, how much in which currency, and its number."""

    line: str
    what: str
    paid_on: date | None
    amount_minor: int
    currency: str
    number: str = ""


def totals(receipts: Iterable[Any]) -> dict[str, int]:
    """Receipts by line in cents of the dollar; those in a currency without a rate are left out."""
    found: dict[str, int] = {}
    for one in receipts:
        if one.dollars_minor is not None:
            found[one.line] = found.get(one.line, 0) + one.dollars_minor
    return found


def differs(claimed: Mapping[str, int], accepted: Mapping[str, int], *, days_differ: bool, unknown: bool) -> bool:
    """Whether something else is accepted than was claimed: an amount, the days, or a receipt whose amount in dollars
    was not known."""
    return days_differ or unknown or any(accepted.get(line, 0) != amount for line, amount in claimed.items())
