"""Which pledges pay for a session: what they hold and what they paid, for how many seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.donors import donor_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Paying:
    """What one pledge holds and paid for a session's requests, in cents of the dollar, and for how many seats; `back`
    is what came back of what was set aside for settled seats that it paid something for."""

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
            sa.func.count(sa.distinct(Allocation.seat_id)).label("seats"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.HELD, balance), else_=0)).label("held"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.PAID, balance), else_=0)).label("paid"),
            sa.func.sum(sa.case((spent, Allocation.amount_minor - balance), else_=0)).label("back"),
        )
        .join(Allocation, Allocation.id == LedgerAccount.allocation_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .join(R, R.id == Allocation.request_id)
        .where(R.session_id == session.id, R.kind == Kind.PARTICIPATION, balance > 0, visible_to(actor))
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
