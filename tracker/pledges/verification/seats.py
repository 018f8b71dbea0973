"""The money of seats beside the ledger: what is counted for them, their lines, and the payments of each line."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.costs.lines import LineKind
from tracker.extensions import db
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, RequestFunding, SeatLine
from tracker.pledges.verification.finding import Finding


def _seats() -> Iterator[Finding]:
    """What is counted for the seats of a request is what the accounts hold for them, and it is counted."""
    sums = (
        sa.select(Allocation.request_id, sa.func.sum(LedgerAccount.balance_minor).label("total"))
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .where(Allocation.seat_id.is_not(None))
        .group_by(Allocation.request_id)
        .subquery()
    )
    total = sa.func.coalesce(sums.c.total, 0)
    statement = (
        sa.select(RequestFunding.request_id, RequestFunding.seats_minor, total)
        .outerjoin(sums, sums.c.request_id == RequestFunding.request_id)
        .where(RequestFunding.seats_minor != total)
        .order_by(RequestFunding.request_id)
    )
    for request_id, said, held in db.session.execute(statement):
        yield Finding("request_funding", str(request_id), f"it says {said} for seats, the accounts {held}")


def _lines() -> Iterator[Finding]:
    """What an allocation of a seat was approved for is what its lines say, and they are lines of that seat."""
    sums = (
        sa.select(
            SeatLine.allocation_id,
            sa.func.sum(SeatLine.approved_minor).label("total"),
            sa.func.min(SeatLine.seat_id).label("first"),
            sa.func.max(SeatLine.seat_id).label("last"),
        )
        .where(SeatLine.allocation_id.is_not(None))
        .group_by(SeatLine.allocation_id)
        .subquery()
    )
    total = sa.func.coalesce(sums.c.total, 0)
    another = sa.or_(sums.c.first.is_distinct_from(Allocation.seat_id), sums.c.last != Allocation.seat_id)
    of_a_seat = sa.and_(Allocation.seat_id.is_not(None), sa.or_(total != Allocation.amount_minor, another))
    statement = (
        sa.select(Allocation.id, Allocation.amount_minor, total)
        .outerjoin(sums, sums.c.allocation_id == Allocation.id)
        .where(sa.or_(of_a_seat, sa.and_(Allocation.seat_id.is_(None), total != 0)))
        .order_by(Allocation.id)
    )
    for allocation_id, said, of_lines in db.session.execute(statement):
        yield Finding(
            "seat_lines", f"of allocation {allocation_id}", f"{said} approved, its seat's lines say {of_lines}"
        )


def _payments() -> Iterator[Finding]:
    """A payment for a seat names its line, no other does."""
    wrong = (Allocation.seat_id.is_(None)) != (Disbursement.seat_line_id.is_(None))
    statement = sa.select(Disbursement.id).join(Allocation, Allocation.id == Disbursement.allocation_id).where(wrong)
    for payment_id in db.session.scalars(statement.order_by(Disbursement.id)):
        yield Finding("disbursements", str(payment_id), "it names no line of its seat, or a line without a seat")


def _paid() -> Iterator[Finding]:
    """No line but the ticket's was paid more than is approved for it, and none less than nothing."""
    reversal, d = aliased(Act), Disbursement
    signed = sa.case((d.direction == "paid", d.amount_minor), else_=-d.amount_minor)
    paid = sa.func.sum(signed)
    statement = (
        sa.select(SeatLine.id, SeatLine.approved_minor, paid)
        .join(d, d.seat_line_id == SeatLine.id)
        .outerjoin(reversal, reversal.reverses_id == d.act_id)
        .where(reversal.id.is_(None))
        .group_by(SeatLine.id, SeatLine.kind, SeatLine.approved_minor)
        .having(sa.or_(paid < 0, sa.and_(SeatLine.kind != LineKind.FARE, paid > SeatLine.approved_minor)))
        .order_by(SeatLine.id)
    )
    for line_id, approved, was_paid in db.session.execute(statement):
        yield Finding("seat_lines", str(line_id), f"{approved} approved, {was_paid} paid")


CHECKS = (_seats, _lines, _payments, _paid)
