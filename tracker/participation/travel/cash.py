"""Cash that somebody signed for on arrival and finance has not recorded yet: it belongs to its seat until it is, so
whatever would end the seat, change who sits in it or give its money away waits for that."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.pledges.models import Act, SeatLine

_recording: ContextVar[int | None] = ContextVar("recording", default=None)


@contextmanager
def recording(seat_line_id: int) -> Iterator[None]:
    """While this goes on, the payment of what was signed for of a line is recorded."""
    before = _recording.set(seat_line_id)
    try:
        yield
    finally:
        _recording.reset(before)


def is_unrecorded() -> sa.ColumnElement[bool]:
    """The condition that cash was handed over and no payment records it, or the one that did was reversed."""
    reversal = aliased(Act)
    reversed_ = sa.exists().where(reversal.reverses_id == CashHanded.act_id).correlate(CashHanded)
    return sa.and_(CashHanded.undone_at.is_(None), sa.or_(CashHanded.act_id.is_(None), reversed_))


def unrecorded(travel_ids: Collection[int]) -> dict[int, tuple[CashHanded, ...]]:
    """What these people signed for and is still to be recorded, by the id of their journey."""
    rows = sa.select(CashHanded).where(CashHanded.travel_id.in_(travel_ids), is_unrecorded()).order_by(CashHanded.id)
    found: dict[int, list[CashHanded]] = defaultdict(list)
    for row in db.session.scalars(rows.execution_options(populate_existing=True)) if travel_ids else ():
        found[row.travel_id].append(row)
    return {travel_id: tuple(parts) for travel_id, parts in found.items()}


def undone_of(travel_id: int) -> list[CashHanded]:
    """What was ticked off by mistake and taken back, the oldest first."""
    rows = sa.select(CashHanded).where(CashHanded.travel_id == travel_id, CashHanded.undone_at.is_not(None))
    return list(db.session.scalars(rows.order_by(CashHanded.id)))


def why_not_leave(seat_ids: Collection[int]) -> Any:
    """Why these seats are not to be left, in a sentence that names who signed; None where nothing is unrecorded."""
    rows = (
        sa.select(Delegate)
        .join(SeatTravel, SeatTravel.delegate_id == Delegate.id)
        .where(SeatTravel.seat_id.in_(seat_ids), _signed(SeatTravel.id))
        .order_by(Delegate.id)
    )
    names = ", ".join(person.name for person in db.session.scalars(rows))
    if not names:
        return None
    return lazy("Cash was handed over that is not recorded yet, record it first: %(names)s.", names=names)


def of_request(request: Any) -> dict[str, Any]:
    """The gate before a request is withdrawn, which would give all its money back."""
    ids = db.session.scalars(sa.select(Seat.id).where(Seat.request_id == request.id)).all()
    sentence = why_not_leave(ids)
    return {"cash": sentence} if sentence is not None else {}


def why_not_release(allocation: Any) -> Any:
    """Why an allocation keeps its money, in a sentence; None where nothing that it pays is unrecorded."""
    held = sa.select(CashHanded.id).join(SeatLine, SeatLine.id == CashHanded.seat_line_id)
    if db.session.scalar(held.where(SeatLine.allocation_id == allocation.id, is_unrecorded()).limit(1)) is None:
        return None
    return lazy("Cash was handed over from this money that is not recorded yet: the travel desk records it first.")


def is_recorded_first(_allocation: Any, payment: Any) -> dict[str, Any]:
    """While cash for a line is unrecorded no other payment of it is recorded."""
    line_id = payment.seat_line_id
    if line_id is None or line_id == _recording.get():
        return {}
    waits = sa.select(CashHanded.id).where(CashHanded.seat_line_id == line_id, is_unrecorded())
    if db.session.scalar(waits.limit(1)) is None:
        return {}
    words = lazy("Cash was handed over for this line that is not recorded yet: the travel desk records it first.")
    return {"method": words}


def _signed(travel_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(CashHanded.travel_id == travel_id, is_unrecorded())
