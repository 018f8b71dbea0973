"""What the travel desk knows that stands in the way of a payment."""

from typing import Any

import sqlalchemy as sa

from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.seats.models import Seat
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import SeatLine


def payee_is_known(_allocation: Any, payment: Any) -> dict[str, Any]:
    """Allowance and terminal expenses go by transfer only to a payee whose number is known, and to nobody who is paid
    on arrival."""
    if payment.method != "bank_transfer" or payment.seat_line_id is None:
        return {}
    of_the_person = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    row = db.session.execute(
        sa.select(SeatLine.kind, SeatTravel.payee_number, SeatTravel.on_arrival, SeatTravel.advance)
        .join(Seat, Seat.id == SeatLine.seat_id)
        .outerjoin(SeatTravel, of_the_person)
        .where(SeatLine.id == payment.seat_line_id)
    ).one_or_none()
    if row is None or row.kind not in ON_ARRIVAL_LINES:
        return {}
    if row.on_arrival:
        words = lazy("This person is paid on arrival, in cash from the advance %(advance)s.", advance=row.advance)
        return {"method": words}
    if row.payee_number is None:
        return {"method": lazy("The payee number of this person is not known yet: it is entered at the travel desk.")}
    return {}
