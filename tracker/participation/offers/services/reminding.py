"""Seats that are to be answered soon, and seats whose day has passed: the State is reminded, then the office told.

A reminder is an event with a unique key, so that two beats, or one that comes back after days, say it once. It is about
a request: of several of its seats with the same day the State hears once.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tracker.assistance.models import AssistanceRequest
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.participation.offers.models import Offer
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.rights.actor import Actor

SOON, OVER = "participation.offer_due", "participation.offer_overdue"
Together = tuple[int, date]
"""A request, and the last day of open offers of its seats."""


def remind() -> int:
    """Record what is due to be said today; gives how many reminders that made. Run by beat, safe to run twice."""
    marks, holidays = sorted(reference.reminder_days("offer")), reference.holiday_dates()
    wanted = {
        f"{said[0]}:{request_id}:{until}:{said[1]}": (said[0], request_id, until, seats)
        for (request_id, until), seats in _open_offers().items()
        if (said := what_to_say(until, today(), marks, holidays)) is not None
    }
    known = set(db.session.scalars(sa.select(Event.once_key).where(Event.once_key.in_(wanted))))
    return sum(_remind_once(key, *due) for key, due in wanted.items() if key not in known)


def what_to_say(
    until: date, today: date, marks: Sequence[int], holidays: Collection[date] = ()
) -> tuple[str, int] | None:
    """The event that is due of an offer until a day, and the mark of working days that was reached (0 once the day has
    passed); None before the first mark. `marks` are the smallest first."""
    if until < today:
        return OVER, 0
    left = working_days.between(today, until, holidays)
    mark = next((mark for mark in marks if left <= mark), None)
    return None if mark is None else (SOON, mark)


def _open_offers() -> dict[Together, list[tuple[int, int]]]:
    """(seat, person) of what waits for an answer."""
    rows = db.session.execute(
        sa.select(Seat.request_id, Offer.until, Seat.id, Offer.delegate_id)
        .join(Seat, Seat.id == Offer.seat_id)
        .where(Offer.outcome.is_(None))
        .order_by(Seat.request_id, Seat.number)
    )
    found: dict[Together, list[tuple[int, int]]] = defaultdict(list)
    for request_id, until, seat_id, delegate_id in rows:
        found[request_id, until].append((seat_id, delegate_id))
    return found


def _remind_once(key: str, name: str, request_id: int, until: date, seats: list[tuple[int, int]]) -> bool:
    try:
        _record(key, name, request_id, until, seats)
    except IntegrityError:  # another beat was faster
        return False
    return True


@verb
def _record(once: str, name: str, request_id: int, until: date, seats: list[tuple[int, int]]) -> None:
    record(
        name,
        db.session.get_one(AssistanceRequest, request_id),
        actor=Actor.system,
        once_key=once,
        until=until,
        seat_ids=[seat_id for seat_id, _person in seats],
        delegate_ids=[person for _seat, person in seats],
    )
