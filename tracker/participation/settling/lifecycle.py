"""What is due for a seat against what was paid, and what follows of the difference. Pure, knows no database."""

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.costs.lines import LineKind
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.by_day import LONGEST, at_the_place

FLAT = (LineKind.ALLOWANCE, LineKind.TERMINALS)
"""Counted again by the rules of costs; no bill is asked."""
BY_INVOICE = (LineKind.FARE, LineKind.VISA, LineKind.INSURANCE)
"""Due is what the invoice says."""
SETTLED_FROM = (SeatStatus.TRAVELLED, SeatStatus.NO_SHOW, SeatStatus.CANCELLED)
"""Where a seat stands that can be settled."""


class Owes(enum.StrEnum):
    """Who is asked for what was paid above what is due: the delegate through the State, or whoever else was paid."""

    STATE = "state"
    PAYEE = "payee"


OWES_LABELS: dict[str, Any] = {
    Owes.STATE: lazy("Claim against the State"),
    Owes.PAYEE: lazy("Refund expected from whoever was paid"),
}


@dataclass(frozen=True, slots=True)
class Spent:
    """The journey as it was made: days at the place of the session, and what somebody else provided on each: meals of
    that day, lodging of the night that follows. Without days there was no journey."""

    arrives_on: date | None = None
    leaves_on: date | None = None
    provided: Mapping[date, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Billed:
    """What an invoice says for a line, in cents of the dollar, and its number."""

    amount_minor: int
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the travel officer enters for a seat; `bills` by line, `remark` says why something comes back, `answer` why
    something else is accepted than the delegate claimed, `claim` marks the claim that was read ("": none was there)."""

    spent: Spent = field(default_factory=Spent)
    bills: Mapping[str, Billed] = field(default_factory=dict)
    remark: str = ""
    answer: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class LineSums:
    """One line of a seat in cents of the dollar; `due` is None while it is not entered. `ended_minor` is what was
    written off of what is owed back, `owes` who owes it. `is_closed`: nothing is held for it, and nothing more paid.
    `paid_to_others_minor` is what of `paid_minor` went to anybody but the delegate."""

    kind: str
    estimate_minor: int
    approved_minor: int
    paid_minor: int
    due_minor: int | None = None
    ended_minor: int = 0
    owes: str = Owes.STATE
    invoice: str = ""
    parts: tuple[Any, ...] = ()
    is_closed: bool = False
    paid_to_others_minor: int = 0

    @property
    def to_pay_minor(self) -> int:
        """What is to be paid before the seat is settled."""
        return max(0, (self.due_minor or 0) - self.paid_minor)

    @property
    def owed_minor(self) -> int:
        """What was paid above what is due, came not back and was not written off."""
        return 0 if self.due_minor is None else max(0, self.paid_minor - self.due_minor - self.ended_minor)


def differs(lines: Iterable[LineSums]) -> bool:
    """Whether something is to be paid or comes back."""
    return any(line.to_pay_minor or line.owed_minor for line in lines)


def owed_by(kind: str, payees: Collection[str]) -> Owes:
    """Who is asked for what was paid too much for a line: what went to the delegate is asked through the State."""
    if kind in FLAT or "delegate" in payees or not payees:
        return Owes.STATE
    return Owes.PAYEE


def problems_of_days(spent: Spent, today: date) -> dict[str, Any]:
    """What is wrong with the days of a journey that was made, by field."""
    arrives, leaves = spent.arrives_on, spent.leaves_on
    if arrives is None or leaves is None:
        name = "arrives_on" if arrives is None else "leaves_on"
        return {name: lazy("Enter the day.")}
    if leaves < arrives:
        return {"leaves_on": lazy("This day is before the day of arrival.")}
    if leaves > today:
        return {"leaves_on": lazy("This day is still to come: a journey is settled once it is over.")}
    if (leaves - arrives).days > LONGEST:
        return {"arrives_on": lazy("That is more than a year.")}
    if at_the_place(spent.provided, arrives, leaves) != {day: what for day, what in spent.provided.items() if what}:
        return {"provided": lazy("Tick only days of the stay, and no lodging on the last one: no night follows it.")}
    return {}
