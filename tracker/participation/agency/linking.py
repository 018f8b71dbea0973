"""Lines of statements follow the numbers of tickets, in the transaction that records or corrects a number."""

from typing import Any

import sqlalchemy as sa

from tracker.database.transactions import update_where
from tracker.events import Event, react
from tracker.extensions import db
from tracker.participation.agency.columns import folded
from tracker.participation.agency.models import AgencyLine
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel
from tracker.rights.actor import Actor

NUMBERED = ("participation.ticket_recorded", "participation.ticket_corrected")
"""Events after which a seat has a ticket with this number."""


def register() -> None:
    """Called once by the application."""
    for name in NUMBERED:
        react(name, follow_the_ticket)


def follow_the_ticket(event: Event, _request: Any, _actor: Actor) -> None:
    """Lines of another number let a journey go, lines without a ticket take the one that has their number now; where
    several have it, none is chosen. It leaves the version of a line: nobody has touched it, and its import can still
    be undone."""
    journeys = sa.select(SeatTravel.id, SeatTravel.ticket_number).join(Seat, Seat.id == SeatTravel.seat_id)
    journeys = journeys.where(Seat.id.in_(event.data["seat_ids"]), SeatTravel.delegate_id == Seat.delegate_id)
    for journey_id, number in db.session.execute(journeys.where(SeatTravel.ticket_number.is_not(None))).all():
        ticket = folded(number or "")
        update_where(AgencyLine, AgencyLine.journey_id == journey_id, AgencyLine.ticket != ticket, journey_id=None)
        without = AgencyLine.ticket == ticket, AgencyLine.journey_id.is_(None)
        waits = db.session.scalar(sa.select(AgencyLine.id).where(*without).limit(1)) is not None
        if waits and _only(journey_id, ticket):
            update_where(AgencyLine, *without, journey_id=journey_id)


def _only(journey_id: int, ticket: str) -> bool:
    """Whether no other journey has a ticket with this number; asked only while a line waits for its ticket."""
    others = sa.select(SeatTravel.ticket_number).where(
        SeatTravel.id != journey_id, SeatTravel.ticket_number.is_not(None)
    )
    return all(folded(number or "") != ticket for number in db.session.scalars(others))
