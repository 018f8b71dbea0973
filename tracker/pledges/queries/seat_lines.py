"""The lines of seats, with what was paid of each: those that one allocation pays, and those of whole seats."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.costs.lines import LineKind, Payer
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, SeatLine
from tracker.pledges.seat_lines import ADVANCE, LineMoney

_ORDER = list(LineKind)
# Seats are of a room above: of theirs the money knows the number alone.
_SEATS = sa.table("seats", sa.column("id"), sa.column("number"))


def lines_of(allocation_id: int) -> list[LineMoney]:
    """What the allocation pays, line by line in the order in which lines are shown, in one statement.

    None for an allocation that is for no seat. A payment that was reversed does not count.
    """
    return lines_of_each([allocation_id])[allocation_id]


def lines_of_each(allocation_ids: Collection[int]) -> dict[int, list[LineMoney]]:
    """The same of several allocations by their ids, in one statement."""
    reversal, d = aliased(Act), Disbursement
    counts = reversal.id.is_(None)
    signed = sa.case((d.direction == "paid", d.amount_minor), else_=-d.amount_minor)
    last = sa.and_(counts, d.part.is_not(None), d.part != ADVANCE)
    columns = SeatLine.allocation_id, SeatLine.id, SeatLine.kind, SeatLine.estimate_minor, SeatLine.approved_minor
    statement = (
        sa.select(
            *columns,
            sa.func.coalesce(sa.func.sum(sa.case((counts, signed), else_=0)), 0).label("paid_minor"),
            sa.func.coalesce(sa.func.max(sa.case((last, 1), else_=0)), 0).label("is_over"),
        )
        .outerjoin(d, d.seat_line_id == SeatLine.id)
        .outerjoin(reversal, reversal.reverses_id == d.act_id)
        .where(SeatLine.allocation_id.in_(allocation_ids))
        .group_by(*columns)
    )
    found: dict[int, list[LineMoney]] = {id_: [] for id_ in allocation_ids}
    for row in sorted(db.session.execute(statement), key=lambda row: _ORDER.index(LineKind(row.kind))):
        line = (row.id, row.kind, row.estimate_minor, row.approved_minor, int(row.paid_minor), bool(row.is_over))
        found[row.allocation_id].append(LineMoney(*line))
    return found


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of a seat for which no pledge pays anything yet; `others_pay` it, or nothing was expected for it."""

    kind: str
    others_pay: bool
    approved_minor: int = 0
    paid_minor: int = 0


def open_lines_of(seat_id: int) -> list[OpenLine]:
    """The lines of a seat for which nothing is approved, in the order in which lines are shown; one statement."""
    share = aliased(SeatLine)
    approved = sa.exists().where(
        share.seat_id == SeatLine.seat_id, share.kind == SeatLine.kind, share.allocation_id.is_not(None)
    )
    rows = db.session.execute(
        sa.select(SeatLine.kind, SeatLine.payer).where(SeatLine.seat_id == seat_id, sa.not_(approved))
    )
    found = [OpenLine(row.kind, row.payer != Payer.FUND) for row in rows]
    return sorted(found, key=lambda line: _ORDER.index(LineKind(line.kind)))


def seat_number(seat_id: int) -> int:
    """Which of the seats of its request it is."""
    return db.session.scalar(sa.select(_SEATS.c.number).where(_SEATS.c.id == seat_id)) or 0


@dataclass(frozen=True, slots=True)
class LinePaid:
    """One line of a seat over all pledges that pay it, in cents of the dollar: what it was expected to cost whoever
    pays it (None: not known), and what the fund paid."""

    kind: str
    payer: str
    estimate_minor: int | None
    paid_minor: int


def paid_by_line(seat_ids: Collection[int]) -> dict[int, list[LinePaid]]:
    """What was paid of each line of these seats, in the order in which lines are shown; one statement. A payment that
    was reversed does not count."""
    reversal, d, line = aliased(Act), Disbursement, SeatLine
    signed = sa.case((d.direction == "paid", d.amount_minor), else_=-d.amount_minor)
    statement = (
        sa.select(
            *(line.seat_id, line.kind),
            sa.func.max(sa.case((line.number == 1, line.payer))).label("payer"),
            sa.func.max(sa.case((line.number == 1, line.estimate_minor))).label("estimate_minor"),
            sa.func.coalesce(sa.func.sum(sa.case((reversal.id.is_(None), signed))), 0).label("paid_minor"),
        )
        .outerjoin(d, d.seat_line_id == line.id)
        .outerjoin(reversal, reversal.reverses_id == d.act_id)
        .where(line.seat_id.in_(seat_ids))
        .group_by(line.seat_id, line.kind)
    )
    found: dict[int, list[LinePaid]] = defaultdict(list)
    for row in sorted(db.session.execute(statement), key=lambda row: _ORDER.index(LineKind(row.kind))):
        found[row.seat_id].append(LinePaid(row.kind, row.payer, row.estimate_minor, int(row.paid_minor)))
    return found


@dataclass(frozen=True, slots=True)
class SeatSums:
    """What is held for a seat, and what was paid for it and did not come back, in cents of the dollar."""

    held_minor: int = 0
    paid_minor: int = 0


def sums_of_seats(seat_ids: Collection[int]) -> dict[int, SeatSums]:
    """What stands on the accounts of each of these seats, by its id; one statement. A seat without money is not in
    it."""
    balance = LedgerAccount.balance_minor
    held = sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.HELD, balance), else_=0)).label("held")
    paid = sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.PAID, balance), else_=0)).label("paid")
    statement = (
        sa.select(Allocation.seat_id, held, paid)
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .where(Allocation.seat_id.in_(seat_ids))
        .group_by(Allocation.seat_id)
    )
    return {row.seat_id: SeatSums(int(row.held), int(row.paid)) for row in db.session.execute(statement)}
