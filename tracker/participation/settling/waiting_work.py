"""Which seats wait for the travel officer to enter what is due, and which for a finance officer to settle them."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.rights.actor import TRAVEL_OFFICERS

_OVER = (SeatStatus.TRAVELLED, SeatStatus.NO_SHOW)


def _seats(*conditions: sa.ColumnElement[bool]) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Seat).where(*conditions)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _entered() -> sa.ColumnElement[bool]:
    return sa.exists().where(Settlement.seat_id == Seat.id).correlate(Seat)


FOR_ROLES = (
    RoleWork(
        "enter_settlements",
        frozenset(TRAVEL_OFFICERS),
        N_("Seats of which it is to be entered what is due"),
        lambda: _seats(Seat.status.in_(_OVER), ~_entered()),
    ),
    RoleWork(
        "settle_seats",
        frozenset({"finance_officer"}),
        N_("Seats to settle"),
        lambda: _seats(Seat.status.in_((*_OVER, SeatStatus.CANCELLED)), _entered()),
    ),
)
