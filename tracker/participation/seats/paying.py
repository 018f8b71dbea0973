"""Whether a seat is paid as it stands: what the room of money asks (`pledges.paying_seats`)."""

from typing import Any

import sqlalchemy as sa

from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import PAYABLE, SeatStatus
from tracker.participation.seats.models import Seat


def why_unpayable(seat_id: int, again: bool) -> Any:
    """Why nothing can be paid for a seat as it stands. What was recovered by mistake is counted as paid again also for
    a seat that was cancelled or settled."""
    status = db.session.scalar(sa.select(Seat.status).where(Seat.id == seat_id))
    if status in PAYABLE or (again and status in (SeatStatus.CANCELLED, SeatStatus.SETTLED)):
        return None
    if status == SeatStatus.SELECTED:
        return lazy("The State has not confirmed this seat: nothing is paid for it before.")
    return lazy("This seat has ended: nothing is paid for it any more.")
