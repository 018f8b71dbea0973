"""Which lines of statements and which refunds wait for the office, by the conditions of their lists."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.agency.models import AgencyLine
from tracker.participation.agency.policies import RECONCILERS
from tracker.participation.agency.queries import OPEN
from tracker.participation.agency.refunds import IS_EXPECTED
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel


def _open_lines() -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(AgencyLine)
    number = number.outerjoin(SeatTravel, SeatTravel.id == AgencyLine.journey_id)
    return _of_the_office(number.outerjoin(Seat, Seat.id == SeatTravel.seat_id).where(OPEN))


def _refunds() -> Rows:
    return _of_the_office(sa.select(sa.func.count().label("number")).select_from(Seat).where(IS_EXPECTED))


def _of_the_office(number: sa.Select[Any]) -> Rows:
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork("agency_lines", frozenset(RECONCILERS), N_("Lines of the agency's statements that differ"), _open_lines),
    RoleWork("agency_refunds", frozenset(RECONCILERS), N_("Refunds expected from the agency"), _refunds),
)
