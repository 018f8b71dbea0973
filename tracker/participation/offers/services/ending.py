"""Offers that end without an answer: taken back after their day, or given up with their request."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.moving import (
    close,
    hold_requests,
    move_person,
    must_cost_nothing,
    record_by_request,
)
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.pledges.services.promises import required_reason
from tracker.pledges.services.seats import free_seat
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def silent(session_id: int, actor: Actor, seats: Collection[uuid.UUID] | None = None) -> list[Offered]:
    """The seats of a session whose State did not answer until the day that it was given; of `seats` alone where they
    are named."""
    of_these = () if seats is None else (Seat.public_id.in_(seats),)
    return queries.of_session(session_id, actor, Offer.outcome.is_(None), Offer.until < today(), *of_these)


@verb(events=None)
def take_back(code: str, seats: Collection[uuid.UUID], *, actor: Actor, reason: str) -> int:
    """Take back those of these seats of a session that are silent still and give their money back, in one step; gives
    how many. A seat that came to be silent since is none of them. Raises Conflict when none is silent any more. One
    event for each request."""
    authorize(RULES, OfferAction.TAKE_BACK, actor, None)
    session, said = reference.get_session(code), required_reason(reason)
    hold_requests({one.request.id for one in silent(session.id, actor, seats)})
    found = silent(session.id, actor, seats)
    if not found:
        raise Conflict(lazy("No seat is left without an answer past its day: the States have answered meanwhile."))
    must_cost_nothing(found)
    for one in found:
        close(one.offered, Outcome.TAKEN_BACK, actor=actor, version=None, reason=said)
        one.seat.apply(SeatAction.TAKE_BACK, version=None, reason=said)
        move_person(one.seat.delegate_id, DelegateStatus.TAKEN_BACK)
        free_seat(one.seat.id, actor=actor, reason=said)
    record_by_request("participation.seats_taken_back", found, actor)
    return len(found)


@verb(events=None)
def end_offers(seat_ids: list[int], *, actor: Actor) -> int:
    """Close the open offers of seats that were cancelled; gives how many."""
    statement = sa.select(Offer).where(Offer.seat_id.in_(seat_ids), Offer.outcome.is_(None)).order_by(Offer.id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    for row in rows:
        close(row, Outcome.ENDED, actor=actor, version=None)
    return len(rows)
