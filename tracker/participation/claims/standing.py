"""How the claim of whoever sits in a seat stands, as conditions for statements that read many seats."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.participation.claims.lifecycle import ClaimStatus
from tracker.participation.claims.models import DelegateClaim
from tracker.participation.seats.models import Seat

C = DelegateClaim


def unanswered() -> sa.ColumnElement[bool]:
    """Whoever sits in the seat sent a claim whose last version is not answered; for statements that read Seat."""
    return sa.exists().where(*_last_of_the_seat(), C.status != ClaimStatus.ANSWERED).correlate(Seat)


def not_looked_at() -> sa.ColumnElement[bool]:
    """Whoever sits in the seat sent a claim at which nobody has looked; for statements that read Seat."""
    return sa.exists().where(*_last_of_the_seat(), C.status == ClaimStatus.SENT).correlate(Seat)


def _last_of_the_seat() -> tuple[sa.ColumnElement[bool], ...]:
    later = aliased(DelegateClaim)
    same = later.seat_id == C.seat_id, later.delegate_id == C.delegate_id, later.number > C.number
    newer = sa.exists().where(*same, later.status != ClaimStatus.DRAFT).correlate(C)
    return C.seat_id == Seat.id, C.delegate_id == Seat.delegate_id, C.status != ClaimStatus.DRAFT, ~newer
