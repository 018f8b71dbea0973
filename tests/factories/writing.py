"""Messages of delegates for tests: `wrote(seat, "Is there a lift?")`."""

import uuid

import sqlalchemy as sa

from tracker.extensions import db
from tracker.participation.delegate_messages import services
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor


def wrote(seat: uuid.UUID, text: str) -> str:
    """Whoever sits in the seat writes to the office."""
    own = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == seat)).one()
    db.session.rollback()
    return services.write_to_office(seat, actor=Actor.anonymous, text=text, by=contents.delegate(own))
