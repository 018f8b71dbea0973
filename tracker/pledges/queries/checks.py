"""For a second pair of eyes: entries that nobody confirmed yet, and money that one person approved and paid."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.money import FUND_CURRENCY
from tracker.pledges.lifecycle import CONFIRMED_STEPS
from tracker.pledges.models import Act, Allocation, Disbursement, Pledge, PostingConfirmation, Receipt
from tracker.pledges.queries.visible import may_name
from tracker.rights.actor import Actor

PAGE = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A receipt, payment or recovery that stands. Of a payment: `allocation_id`, `request`, and when the allocation was
    approved."""

    act: Act
    pledge_id: uuid.UUID
    pledge: str
    amount_minor: int
    currency: str
    by: str
    allocation_id: uuid.UUID | None
    request: str
    approved_at: datetime | None


def unconfirmed(actor: Actor) -> list[Entry]:
    """Receipts, payments and recoveries that nobody confirmed yet, the oldest first, without those about a request that
    the actor may not know. As many as a page takes, and one more where there are more."""
    waits = (Act.name.in_(CONFIRMED_STEPS), PostingConfirmation.act_id.is_(None))
    return _entries(actor, *waits, order=Act.id.asc())


def approved_and_paid_by_one(actor: Actor) -> list[Entry]:
    """Payments recorded by whoever approved the allocation, the latest first."""
    return _entries(
        actor, Act.name == "disburse", Act.actor_person_id == Allocation.approved_by_id, order=Act.id.desc()
    )


def _entries(actor: Actor, *conditions: Any, order: Any) -> list[Entry]:
    reversal, r = aliased(Act), AssistanceRequest
    statement = (
        sa.select(
            Act,
            *(Pledge.public_id, Pledge.reference, Pledge.currency),
            *(Receipt.amount_minor.label("received"), Disbursement.amount_minor.label("moved")),
            *(Person.name, Allocation.public_id.label("allocation_id"), Allocation.approved_at),
            r.reference.label("request"),
        )
        .join(Pledge, Pledge.id == Act.pledge_id)
        .outerjoin(Receipt, Receipt.act_id == Act.id)
        .outerjoin(Disbursement, Disbursement.act_id == Act.id)
        .outerjoin(Allocation, Allocation.id == Disbursement.allocation_id)
        .outerjoin(r, r.id == Allocation.request_id)
        .outerjoin(Person, Person.id == Act.actor_person_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .outerjoin(PostingConfirmation, PostingConfirmation.act_id == Act.id)
        .where(*conditions, reversal.id.is_(None), sa.or_(Allocation.id.is_(None), may_name(actor)))
        .order_by(order)
        .limit(PAGE + 1)
    )
    return [_entry(row) for row in db.session.execute(statement)]


def _entry(row: Any) -> Entry:
    came_in = row.received is not None
    return Entry(
        act=row[0],
        pledge_id=row.public_id,
        pledge=row.reference,
        amount_minor=row.received if came_in else row.moved,
        currency=row.currency if came_in else FUND_CURRENCY,
        by=row.name or "",
        allocation_id=row.allocation_id,
        request=row.request or "",
        approved_at=row.approved_at,
    )
