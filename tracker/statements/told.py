"""A statement of a pledge as its reader gets it: the figures, and the words for what they were used for. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tracker.pledges import ledger_columns
from tracker.pledges.ledger_columns import RECEIVED, RETURNED
from tracker.pledges.lifecycle import AccountKind
from tracker.statements.figures import Line, PledgeFigures, added


@dataclass(frozen=True, slots=True)
class Named:
    """What an allocation pays for, in the reader's words; allocations of one request have the same `key`. `page` leads
    whoever may open it to the allocation."""

    key: int
    words: str
    page: UUID | None = None


@dataclass(frozen=True, slots=True)
class RequestUse:
    """The money of one request (or of several, for a row that adds up): from what was held to what is held, and what
    was paid since the beginning."""

    words: str
    opening: int
    by_group: Mapping[str, int]
    closing: int
    paid: int


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issued statement says of itself."""

    reference: str
    issued_on: date
    hash: str
    note: str = ""


def reference_of(pledge_reference: str, number: int) -> str:
    """What an issued statement of a pledge is called."""
    return f"{pledge_reference}/S{number}"


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of one pledge. `planned` is (how many allocations, what they are together) that waited for their
    approval on the last day; `reconciled` until when the finance system said the same, None where it was not asked.
    `on_paper`: the paper of an issued one is being made."""

    pledge: Any
    donor: str
    figures: PledgeFigures
    names: Mapping[int, Named]
    planned: tuple[int, int] = (0, 0)
    reconciled: date | None = None
    issued: Issued | None = None
    on_paper: bool = False

    def issued_as(self, issued: Issued, *, on_paper: bool) -> "Told":
        """The same as an issued one: as its paper is made, or as it is read later."""
        return replace(self, issued=issued, on_paper=on_paper)

    @property
    def columns(self) -> list[ledger_columns.Column]:
        """The balances of which something stands or moves, in their order."""
        figures = self.figures
        sums = (figures.opening, *(line.changes for line in figures.lines))
        known = [column for column in ledger_columns.COLUMNS if column.name not in (RECEIVED, RETURNED)]
        return [column for column in known if column.always or any(one.get(column.name) for one in sums)]

    @property
    def receipts(self) -> list[Line]:
        """The steps by which money came in, or by which that was taken back."""
        return [line for line in self.figures.lines if line.group in ("received", "applied")]

    @property
    def requests(self) -> list[RequestUse]:
        """By request, in the order of their first allocation."""
        uses: dict[int, list[int]] = {}
        for allocation_id in self.figures.uses:
            uses.setdefault(self.names[allocation_id].key, []).append(allocation_id)
        return [self._use(self.names[ids[0]].words, ids) for ids in uses.values()]

    def _use(self, words: str, ids: Sequence[int]) -> RequestUse:
        uses = [self.figures.uses[one] for one in ids]
        opening, closing = added(use.opening for use in uses), added(use.closing for use in uses)
        return RequestUse(
            words,
            opening[AccountKind.HELD],
            added(use.by_group for use in uses),
            closing[AccountKind.HELD],
            closing[AccountKind.PAID],
        )

    def carries(self, number: int) -> bool:
        """Whether a step is one of those between opening and closing."""
        return any(line.number == number for line in self.figures.lines)

    def purpose(self, line: Line) -> str:
        """What a step's money is for; nothing where it is for no request."""
        return self.names[line.allocation_id].words if line.allocation_id is not None else ""


def total_of(requests: Iterable[RequestUse], words: str) -> RequestUse:
    """The row that adds up requests."""
    rows = list(requests)
    groups: Counter[str] = added(row.by_group for row in rows)
    opening, closing, paid = (sum(getattr(row, name) for row in rows) for name in ("opening", "closing", "paid"))
    return RequestUse(words, opening, groups, closing, paid)
