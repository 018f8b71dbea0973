"""Which seats wait for the travel officer to enter what is due, and which for a finance officer to settle them."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.seats.lifecycle import SeatStatus, awaits_settlement
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount
from tracker.rights.actor import TRAVEL_OFFICERS


def awaiting() -> sa.ColumnElement[bool]:
    """The condition of `queries.Settling.is_open`, for statements that read Seat."""
    paid = sa.and_(LedgerAccount.kind == AccountKind.PAID, LedgerAccount.balance_minor > 0)
    something = sa.exists().where(LedgerAccount.allocation_id == Allocation.id, Allocation.seat_id == Seat.id, paid)
    whatever = [status for status in SeatStatus if awaits_settlement(status, 0)]
    where_paid = [status for status in SeatStatus if awaits_settlement(status, 1)]
    return sa.or_(Seat.status.in_(whatever), sa.and_(Seat.status.in_(where_paid), something.correlate(Seat)))


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
        lambda: _seats(awaiting(), ~_entered()),
    ),
    RoleWork(
        "settle_seats",
        frozenset({"finance_officer"}),
        N_("Seats to settle"),
        lambda: _seats(awaiting(), _entered()),
    ),
)
