"""Reading journeys that differ for private reasons, for rooms that asked already whether the seat may be seen."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from tracker.extensions import db
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.seats.models import Seat


def deviations_of(seat_ids: Collection[int]) -> dict[int, SeatDeviation]:
    """What is recorded of whoever sits in each of these seats, by the seat's id; one statement."""
    same = sa.and_(Seat.id == SeatDeviation.seat_id, Seat.delegate_id == SeatDeviation.delegate_id)
    found = sa.select(SeatDeviation).join(Seat, same).where(SeatDeviation.seat_id.in_(seat_ids))
    return {row.seat_id: row for row in db.session.scalars(found.execution_options(populate_existing=True))}


def private_days_of(seat_ids: Collection[int]) -> dict[int, frozenset[date]]:
    """The private days of each of these seats; a seat without any is not in it."""
    return {seat_id: one.days for seat_id, one in deviations_of(seat_ids).items() if one.private_days}


def allowance_most(seat_ids: Collection[int]) -> dict[int, int]:
    """What is due at most of the allowance of each of these seats, in cents, where a journey differs; nothing where it
    was not counted, because the fund paid none then."""
    return {seat_id: one.allowance_most_minor for seat_id, one in deviations_of(seat_ids).items()}


def fare_most(seat_id: int) -> int | None:
    """The most that a pledge pays for the ticket of a seat, in cents: nothing where no fare was compared, because the
    fund paid none then; None where its journey is the official one."""
    one = deviations_of([seat_id]).get(seat_id)
    return (one.comparable_minor or 0) if one else None
