"""The money of several seats at once, line by line, and what a ticket of each may cost."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.costs.lines import LineKind, Payer
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, Pledge, SeatLine
from tracker.pledges.seat_lines import ADVANCE, LineMoney, payable


@dataclass(frozen=True, slots=True)
class LineOfSeat:
    """A line, or a share of it, with the allocation that pays it where the fund does."""

    money: LineMoney
    payer: str
    allocation_id: int | None
    allocation: uuid.UUID | None
    pledge: str
    held_minor: int


@dataclass(slots=True)
class SeatSums:
    """The lines of one seat, in cents of the dollar."""

    lines: list[LineOfSeat] = field(default_factory=list)

    def pays(self) -> frozenset[str]:
        """The lines that the fund pays."""
        return frozenset(line.money.kind for line in self.lines if line.payer == Payer.FUND and line.allocation_id)

    def begun(self) -> frozenset[str]:
        """The lines of which something was paid."""
        return frozenset(line.money.kind for line in self.lines if line.money.paid_minor > 0)

    def approved(self, kind: str) -> int:
        """What is approved for a line, over all its shares."""
        return sum(line.money.approved_minor for line in self.lines if line.money.kind == kind)

    def paid(self, kind: str) -> int:
        """What was paid of a line, over all its shares."""
        return sum(line.money.paid_minor for line in self.lines if line.money.kind == kind)

    def is_over(self, kind: str) -> bool:
        """Whether nothing more of a line follows."""
        found = [line.money.is_over for line in self.lines if line.money.kind == kind and line.allocation_id]
        return bool(found) and all(found)

    @property
    def ticket_most_minor(self) -> int:
        """The most that a ticket may cost: what was paid for it and what can be paid still (`seat_lines.payable`)."""
        most = 0
        for fare in (line for line in self.lines if line.money.kind == LineKind.FARE and line.allocation_id):
            beside = [line.money for line in self.lines if line.allocation_id == fare.allocation_id]
            most += fare.money.paid_minor + payable(fare.money, beside, fare.held_minor)
        return most

    @property
    def ticket_paid_from(self) -> uuid.UUID | None:
        """The allocation that pays the ticket; of several the first."""
        paying = (line.allocation for line in self.lines if line.money.kind == LineKind.FARE)
        return next((found for found in paying if found is not None), None)


def sums_of_seats(seat_ids: Collection[int]) -> dict[int, SeatSums]:
    """The money of seats by their ids, in one statement. A payment that was reversed does not count."""
    found: dict[int, SeatSums] = defaultdict(SeatSums)
    for row in db.session.execute(_lines(seat_ids)):
        money = LineMoney(
            *(row.id, row.kind, row.estimate_minor, row.approved_minor, int(row.paid_minor), bool(row.is_over))
        )
        line = LineOfSeat(*(money, row.payer, row.allocation_id, row.allocation, row.pledge or "", row.held_minor or 0))
        found[row.seat_id].lines.append(line)
    return found


def _lines(seat_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    reversal, d = aliased(Act), Disbursement
    counts = reversal.id.is_(None)
    signed = sa.case((d.direction == "paid", d.amount_minor), else_=-d.amount_minor)
    last = sa.and_(counts, d.part.is_not(None), d.part != ADVANCE)
    held = sa.and_(LedgerAccount.allocation_id == Allocation.id, LedgerAccount.kind == AccountKind.HELD)
    columns = (
        *(SeatLine.id, SeatLine.seat_id, SeatLine.kind, SeatLine.payer, SeatLine.estimate_minor),
        *(SeatLine.approved_minor, SeatLine.allocation_id, Allocation.public_id.label("allocation")),
        *(Pledge.reference.label("pledge"), LedgerAccount.balance_minor.label("held_minor")),
    )
    return (
        sa.select(
            *columns,
            sa.func.coalesce(sa.func.sum(sa.case((counts, signed), else_=0)), 0).label("paid_minor"),
            sa.func.coalesce(sa.func.max(sa.case((last, 1), else_=0)), 0).label("is_over"),
        )
        .outerjoin(Allocation, Allocation.id == SeatLine.allocation_id)
        .outerjoin(Pledge, Pledge.id == Allocation.pledge_id)
        .outerjoin(LedgerAccount, held)
        .outerjoin(d, d.seat_line_id == SeatLine.id)
        .outerjoin(reversal, reversal.reverses_id == d.act_id)
        .where(SeatLine.seat_id.in_(seat_ids))
        .group_by(*columns)
        .order_by(SeatLine.seat_id, SeatLine.id)
    )
