"""What a session asks and costs, and which pledges pay it, for how many seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.participation.board.queries import ELIGIBLE, FOR_A_SEAT, Board
from tracker.participation.estimating import estimates_of
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, SeatStatus
from tracker.participation.seats.models import Seat, SeatLine
from tracker.participation.support.terms import Support
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.donors import donor_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Paying:
    """What one pledge holds and paid for a session's requests, in cents of the dollar, and for how many seats; `back`
    is what came back of what was set aside for settled seats, also where all of it did."""

    public_id: UUID
    reference: str
    donor: str
    seats: int
    held: int
    paid: int
    back: int


def paying_for(session: Session, actor: Actor) -> Sequence[Paying]:
    """The pledges that pay, by reference. What was set aside before there were seats is counted, too, for none."""
    balance = LedgerAccount.balance_minor
    settled = sa.exists().where(Seat.id == Allocation.seat_id, Seat.status == SeatStatus.SETTLED).correlate(Allocation)
    spent = sa.and_(LedgerAccount.kind == AccountKind.PAID, settled)
    rows = db.session.execute(
        sa.select(
            Pledge.public_id,
            Pledge.reference,
            Organisation.name,
            Organisation.state_iso3,
            sa.func.count(sa.distinct(sa.case((balance > 0, Allocation.seat_id)))).label("seats"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.HELD, balance), else_=0)).label("held"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.PAID, balance), else_=0)).label("paid"),
            sa.func.sum(sa.case((spent, Allocation.amount_minor - balance), else_=0)).label("back"),
        )
        .join(Allocation, Allocation.id == LedgerAccount.allocation_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .join(R, R.id == Allocation.request_id)
        .where(R.session_id == session.id, R.kind == Kind.PARTICIPATION, visible_to(actor))
        .where(sa.or_(balance > 0, spent))
        .group_by(Pledge.id, Pledge.public_id, Pledge.reference, Organisation.id)
        .order_by(Pledge.reference)
    )
    return [
        Paying(
            row.public_id,
            row.reference,
            donor_name(row.name, row.state_iso3),
            row.seats,
            *(int(one) for one in (row.held, row.paid, row.back)),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of so many seats, in cents of the dollar."""

    seats: int
    minor: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the eligible people of a session would cost by today's estimates, what of it nobody covers yet, and what is
    approved for the seats that stand. `incomplete`: how many estimates lack something (`uncovered_incomplete`: of those
    whom nobody covers yet); they count with what is known.
    """

    asked: Sum
    uncovered: Sum
    offered: Sum
    incomplete: int
    uncovered_incomplete: int

    @property
    def average_minor(self) -> int | None:
        """What a seat that stands costs on average; None before there are any."""
        return round(self.offered.minor / self.offered.seats) if self.offered.seats else None


def asked_of(session: Session, support: Support, board: Board, actor: Actor, *where: sa.ColumnElement[bool]) -> Asked:
    """The sums of a session as far as the actor may see its requests, of those only for which `where` holds; at most
    five statements."""
    people = db.session.scalars(
        sa.select(Delegate)
        .join(R, R.id == Delegate.request_id)
        .where(
            *(R.session_id == session.id, R.kind == Kind.PARTICIPATION, R.submitted_at.is_not(None)),
            *(R.status.in_(ELIGIBLE), FOR_A_SEAT, visible_to(actor), *where),
        )
    ).all()
    costs = estimates_of(people, support)
    waiting = [costs[one.id] for one in people if one.status in AWAITS_A_SEAT]
    return Asked(
        asked=Sum(len(costs), sum(cost.so_far for cost in costs.values())),
        uncovered=Sum(len(waiting), sum(cost.so_far for cost in waiting)),
        offered=_offered(session, actor, *where) if board.given else Sum(0, 0),
        incomplete=sum(not cost.is_complete for cost in costs.values()),
        uncovered_incomplete=sum(not cost.is_complete for cost in waiting),
    )


def _offered(session: Session, actor: Actor, *where: sa.ColumnElement[bool]) -> Sum:
    """What is approved for the seats that were not given back."""
    row = db.session.execute(
        sa.select(sa.func.count(sa.distinct(Seat.id)), sa.func.coalesce(sa.func.sum(SeatLine.approved_minor), 0))
        .select_from(Seat)
        .join(R, R.id == Seat.request_id)
        .join(SeatLine, SeatLine.seat_id == Seat.id)
        .where(R.session_id == session.id, ~Seat.given_back, visible_to(actor), *where)
    ).one()
    return Sum(row[0], int(row[1]))
