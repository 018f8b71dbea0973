"""Journeys for tests: `confirmed("KEN", "BTN")`, then quotations, tickets, payees and days with usual values."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories import keeping, offers
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.offers import services as answers
from tracker.participation.seats.models import Seat
from tracker.participation.travel import services
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import Allocation, SeatLine

DAY = timedelta(days=1)


@keeping.kept
def confirmed(*states: str, **options: Any) -> offers.Scene:
    """Each State has a seat that it confirmed."""
    scene = offers.ready(*states, **options)
    for state, offer in offers.offered(scene).items():
        authority = scene.cases[state].authority
        answers.confirm(offer, actor=authority, version=None, nobody_else_pays=True)
    return scene


def record_of(seat: uuid.UUID) -> SeatTravel | None:
    """What is recorded of the journey of whoever sits in the seat."""
    found = db.session.scalars(
        sa.select(SeatTravel)
        .join(Seat, Seat.id == SeatTravel.seat_id)
        .where(Seat.public_id == seat, SeatTravel.delegate_id == Seat.delegate_id)
    ).one_or_none()
    if found is not None:
        db.session.expunge(found)
    db.session.rollback()
    return found


def allocation_of(seat: uuid.UUID, kind: str = "fare") -> uuid.UUID:
    """The public id of the allocation that pays a line of a seat."""
    found = db.session.scalars(
        sa.select(Allocation.public_id)
        .join(SeatLine, SeatLine.allocation_id == Allocation.id)
        .join(Seat, Seat.id == SeatLine.seat_id)
        .where(Seat.public_id == seat, SeatLine.kind == kind)
    ).first()
    db.session.rollback()
    assert found is not None
    return found


def a_ticket(fare_minor: int | None = offers.SEAT_COSTS, **said: Any) -> services.Ticket:
    """A ticket issued today, there and back within a week."""
    usual = {"number": "220-1", "agency": "Agency", "issued_on": today(), "route": "NBO–VIE–NBO"}
    days = {"out_on": today() + 80 * DAY, "back_on": today() + 87 * DAY}
    return services.Ticket(**{**usual, **days, "fare_minor": fare_minor, **said})


def ticketed(scene: offers.Scene, *states: str) -> None:
    """Tickets for the seats of these States, or of all."""
    for state in states or scene.seats:
        ticket = a_ticket(number=f"220-{state}")
        services.record_ticket(scene.seats[state], actor=scene.officer, version=None, ticket=ticket)


def over(code: str = offers.CODE) -> None:
    """The session took place and ended yesterday."""
    from tracker.reference.models import Session

    with transaction():
        days = {"closing_on": today() - 60 * DAY, "starts_on": today() - 5 * DAY, "ends_on": today() - DAY}
        update_where(Session, Session.code == code, **days)


def spent(**said: Any) -> services.Spent:
    """Five days until yesterday, on the list of participants, nothing provided."""
    usual = {"shown_by": "attendance", "first_day": today() - 5 * DAY, "last_day": today() - DAY, "provided": {}}
    return services.Spent(**{**usual, **said})
