"""A seat of Kenya in the world, its money, and a top-up that waits for a second person."""

import uuid
from typing import Any

import sqlalchemy as sa

from tests.factories import pledges, seats
from tracker.extensions import db
from tracker.pledges.models import Allocation
from tracker.pledges.proposed_acts.top_up import More, propose_top_up


def made(norway: pledges.People) -> dict[str, Any]:
    """The ids of the seat's money, of its pledge and of the act."""
    kenya = seats.eligible("KEN")
    pledge = pledges.funded(norway, pledges.terms(5_000_00, title="quokkapledge topped up"))
    seats.given(norway, [seats.seat(kenya, seats.person_of(kenya), (pledge, 20_00), (pledge, 20_00))])
    money = sa.select(Allocation.public_id).where(Allocation.request_id == kenya.id)
    allocation = db.session.scalars(money).one()
    db.session.rollback()
    more = More("allowance", pledge, 5_00, "quokkapledge is dearer")
    act = propose_top_up(allocation, actor=norway.manager.actor, more=more, key="")
    return {"seat_money": allocation, "proposed_act": uuid.UUID(act), "topping_up": pledge}
