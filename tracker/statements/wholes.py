"""A statement of several pledges, or of some of their allocations, over the same days: all added up. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tracker.pledges.lifecycle import AccountKind
from tracker.statements.figures import GROUPS, SET_ASIDE, Line, PledgeFigures, Sums, Support, added, together
from tracker.statements.periods import Period
from tracker.statements.told import Named


@dataclass(frozen=True, slots=True)
class Part:
    """What one pledge has in a statement of several."""

    pledge: Any
    donor: str
    figures: PledgeFigures

    @property
    def support(self) -> Support:
        """Its support cost at the end."""
        return self.figures.support(self.figures.closing)

    @property
    def row(self) -> "PartRow":
        """Its money in the fund's currency, kind by kind."""
        figures = self.figures
        before = figures.support(figures.opening)
        return PartRow(
            opening=together(figures.opening),
            received=self._moved(together, "received", "applied"),
            set_aside=self.support.set_aside_minor - before.set_aside_minor,
            earned=self.support.earned_minor - before.earned_minor,
            allocated=self._moved(_held, "allocated"),
            released=self._moved(_held, "released"),
            paid=self._moved(_paid, "paid"),
            recovered=self._moved(_paid, "recovered"),
            returned=self._moved(together, "returned"),
            closing=together(figures.closing),
        )

    @property
    def use(self) -> "UseRow":
        """What was held and paid, where only allocations count."""
        return use_row(self.figures.opening, self.figures.lines)

    def _moved(self, count: Callable[[Sums], int], *groups: str) -> int:
        return sum(count(line.changes) for line in self.figures.lines if line.group in groups)


def _held(sums: Sums) -> int:
    return sums.get(AccountKind.HELD, 0)


def _paid(sums: Sums) -> int:
    return sums.get(AccountKind.PAID, 0)


@dataclass(frozen=True, slots=True)
class PartRow:
    """From opening to closing in the fund's currency: opening, received and returned add up to the closing."""

    opening: int
    received: int
    set_aside: int
    earned: int
    allocated: int
    released: int
    paid: int
    recovered: int
    returned: int
    closing: int


@dataclass(frozen=True, slots=True)
class UseRow:
    """From what was held to what is held, and what is paid since the beginning."""

    opening: int
    allocated: int
    released: int
    paid: int
    recovered: int
    closing: int
    since: int


Row = TypeVar("Row", PartRow, UseRow)


def cells(row: PartRow | UseRow) -> tuple[int, ...]:
    """The figures of a row in their order."""
    return tuple(getattr(row, name) for name in row.__dataclass_fields__)


def use_row(opening: Sums, lines: Iterable[Line]) -> UseRow:
    """The row of these lines."""
    lines = list(lines)
    by_group: Counter[str] = Counter()
    for line in lines:
        by_group[line.group] += _held(line.changes)
    after = added((opening, *(line.changes for line in lines)))
    return UseRow(
        opening=_held(opening),
        allocated=by_group["allocated"],
        released=by_group["released"],
        paid=by_group["paid"],
        recovered=by_group["recovered"],
        closing=_held(after),
        since=_paid(after),
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One line between opening and closing, of several pledges together."""

    group: str
    earlier: bool
    changes: Sums
    steps: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement of several pledges. `names` are given where only allocations count: what each pays for."""

    period: Period
    parts: Sequence[Part]
    names: Mapping[int, Named]
    reconciled: date | None = None

    @property
    def opening(self) -> Counter[str]:
        """What stood before, in the figures that are the fund's."""
        return added(part.figures.opening for part in self.parts)

    @property
    def closing(self) -> Counter[str]:
        """What stands at the end."""
        return added(part.figures.closing for part in self.parts)

    @property
    def set_aside(self) -> int:
        """Support cost out of all receipts."""
        return self.closing[SET_ASIDE]

    @property
    def earned(self) -> int:
        """Support cost that payments earned, each pledge at its own rate."""
        return sum(part.support.earned_minor for part in self.parts)

    @property
    def moved(self) -> list[Moved]:
        """The lines between opening and closing; what concerns earlier periods stands apart."""
        found: dict[tuple[str, bool], list[Line]] = {}
        for _part, line in self.lines:
            found.setdefault((line.group, line.earlier), []).append(line)
        keys = [(group, earlier) for earlier in (False, True) for group in GROUPS]
        return [
            Moved(*key, added(line.changes for line in found[key]), len(found[key])) for key in keys if key in found
        ]

    @property
    def lines(self) -> Iterator[tuple[Part, Line]]:
        """Every step with its pledge."""
        return ((part, line) for part in self.parts for line in part.figures.lines)

    def in_currency(self, currency: str) -> "Whole":
        """The pledges in one currency alone."""
        mine = [part for part in self.parts if part.figures.currency == currency]
        return Whole(self.period, mine, self.names, self.reconciled)

    @property
    def currencies(self) -> list[str]:
        """The donors' currencies."""
        return sorted({part.figures.currency for part in self.parts})

    def of_requests(self) -> list[tuple[Named, UseRow]]:
        """What was held and paid for each request, in the order of their first allocation."""
        found: dict[int, tuple[Named, list[UseRow]]] = {}
        for part in self.parts:
            for key in part.figures.uses:
                lines = [line for line in part.figures.lines if line.allocation_id == key]
                row = use_row(part.figures.opening_of.get(key, {}), lines)
                found.setdefault(self.names[key].key, (self.names[key], []))[1].append(row)
        return [(named, added_rows(rows)) for named, rows in found.values()]


def added_rows(rows: Sequence[Row]) -> Row:
    """Rows of one kind added up, at least one."""
    return type(rows[0])(*(sum(column) for column in zip(*(cells(row) for row in rows), strict=True)))
