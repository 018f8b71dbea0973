"""Allowance and terminal expenses are not paid to the account of somebody who has not accepted the conditions."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.conditions.awaited import conditions_awaited
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES, ON_THE_WAY
from tracker.pledges.models import SeatLine


def conditions_are_accepted(_allocation: Any, payment: Any) -> dict[str, Any]:
    """Cash on arrival is given against a signature and only recorded here: the pay list says who has not accepted.
    Whoever missed the journey is not asked any more, so that a late bill waits for nothing."""
    if payment.method == "cash" or payment.seat_line_id is None:
        return {}
    waits = db.session.scalar(
        sa.select(Delegate.id)
        .join(Seat, Seat.delegate_id == Delegate.id)
        .join(SeatLine, SeatLine.seat_id == Seat.id)
        .join(AssistanceRequest, AssistanceRequest.id == Seat.request_id)
        .where(SeatLine.id == payment.seat_line_id, SeatLine.kind.in_(ON_ARRIVAL_LINES))
        .where(Seat.status.in_(ON_THE_WAY), conditions_awaited())
    )
    if waits is None:
        return {}
    words = lazy("This person has not accepted the conditions: they do so on their page, or the travel desk enters it.")
    return {"method": words}
