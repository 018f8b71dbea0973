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
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.donors import donor_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Paying:
    """What one pledge holds and paid for a session's requests, in cents of the dollar, and for how many seats."""

    public_id: UUID
    reference: str
    donor: str
    seats: int
    held: int
    paid: int


def paying_for(session: Session, actor: Actor) -> Sequence[Paying]:
    """The pledges that pay, by reference. What was set aside before there were seats is counted, too, for none."""
    balance = LedgerAccount.balance_minor
    rows = db.session.execute(
        sa.select(
            Pledge.public_id,
            Pledge.reference,
            Organisation.name,
            Organisation.state_iso3,
            sa.func.count(sa.distinct(Allocation.seat_id)).label("seats"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.HELD, balance), else_=0)).label("held"),
            sa.func.sum(sa.case((LedgerAccount.kind == AccountKind.PAID, balance), else_=0)).label("paid"),
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
            row.public_id, row.reference, donor_name(row.name, row.state_iso3), row.seats, int(row.held), int(row.paid)
        )
        for row in rows
    ]
