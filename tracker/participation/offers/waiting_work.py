"""Which seats wait for the authority of a State, and which for the office."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import BEARS, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount
from tracker.rights.actor import TRAVEL_OFFICERS

R = AssistanceRequest


def _of_states() -> Rows:
    number = sa.func.count().label("number")
    offered = sa.select(R.organisation_id, number).join(Seat, Seat.request_id == R.id)
    return offered.join(Offer, Offer.seat_id == Seat.id).where(Offer.outcome.is_(None)).group_by(R.organisation_id)


def _of_the_office(*conditions: sa.ColumnElement[bool]) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Seat).where(*conditions)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _open(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(Offer.seat_id == Seat.id, Offer.outcome.is_(None), *conditions).correlate(Seat)


_LEFT_OPEN = [cause for cause, bearer in BEARS.items() if bearer is None]


def _paid() -> sa.ColumnElement[bool]:
    """Something was paid for the seat and did not come back."""
    mine = (Allocation.seat_id == Seat.id, LedgerAccount.allocation_id == Allocation.id)
    paid = (LedgerAccount.kind == AccountKind.PAID, LedgerAccount.balance_minor > 0)
    return sa.exists().where(*mine, *paid).correlate(Seat)


FOR_ROLES = (
    RoleWork("answer_offers", frozenset({"authorising_officer"}), N_("Seats to confirm or decline"), _of_states),
    RoleWork(
        "send_offers",
        frozenset(TRAVEL_OFFICERS),
        N_("Seats to offer to their States"),
        lambda: _of_the_office(Seat.status == SeatStatus.SELECTED, ~_open()),
    ),
    RoleWork(
        "take_back_offers",
        frozenset({"programme_manager"}),
        N_("Seats without an answer past their day"),
        lambda: _of_the_office(_open(Offer.until < today())),
    ),
    RoleWork(
        "say_who_bears",
        frozenset({"programme_manager"}),
        N_("Seats of which you say who bears the cost"),
        lambda: _of_the_office(Seat.cause.in_(_LEFT_OPEN), Seat.borne_by.is_(None), _paid()),
    ),
)
