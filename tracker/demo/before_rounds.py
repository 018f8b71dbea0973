"""Support for participation as it was given before there were rounds: accepted with an amount and planned by hand,
which no verb does any more. Such rows stay as they are: shown, paid, recovered."""

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest, Decision
from tracker.database.transactions import update_where
from tracker.events import record
from tracker.extensions import db
from tracker.pledges.models import Allocation, Pledge
from tracker.rights.actor import Actor


def is_of(text: Mapping[str, Any]) -> bool:
    """Whether a request of the files names such an amount."""
    return "before_rounds" in text


def name_the_amount(text: Mapping[str, Any], decision: uuid.UUID) -> None:
    """Have a prepared decision say the amount that its request names, in US cents."""
    if is_of(text):
        prepared = (Decision.public_id == decision, Decision.signed_at.is_(None))
        update_where(Decision, *prepared, amount_minor=text["before_rounds"], before_rounds=True)


def plan(pledge_id: uuid.UUID, request_id: uuid.UUID, amount_minor: int, *, actor: Actor) -> uuid.UUID:
    """Plan pledge money for the request as a whole; gives the allocation's public id."""
    pledge = db.session.scalars(sa.select(Pledge).where(Pledge.public_id == pledge_id)).one()
    of_this = AssistanceRequest.public_id == request_id
    request = db.session.scalars(sa.select(AssistanceRequest.id).where(of_this)).one()
    allocation = Allocation(
        pledge_id=pledge.id, request_id=request, amount_minor=amount_minor, planned_by_id=actor.person_id
    )
    db.session.add(allocation)
    db.session.flush()
    record(
        "pledges.allocation_planned",
        pledge,
        actor=actor,
        also_about=(AssistanceRequest, [request]),
        allocation_id=allocation.id,
        request_id=request,
        amount_minor=amount_minor,
    )
    return allocation.public_id
