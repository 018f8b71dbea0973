"""Which journeys wait for the travel officer, and which for finance; and the figures of the menu."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES, ON_THE_WAY
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import SeatLine
from tracker.rights.actor import TRAVEL_OFFICERS, Actor

R = AssistanceRequest
WITHOUT_TICKET = Seat.status == SeatStatus.CONFIRMED
_KNOWN = sa.or_(SeatTravel.payee_number.is_not(None), SeatTravel.on_arrival)
_PAYEE = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id, _KNOWN)
_TO_PAY = sa.and_(SeatLine.seat_id == Seat.id, SeatLine.kind.in_(ON_ARRIVAL_LINES), SeatLine.approved_minor > 0)
WITHOUT_PAYEE = sa.and_(
    Seat.status.in_(ON_THE_WAY),
    sa.exists().where(_TO_PAY).correlate(Seat),
    ~sa.exists().where(_PAYEE).correlate(Seat),
)
"""Seats of which allowance or terminal expenses are paid to somebody whose number finance has not given yet."""


STRICT = R.marking == Marking.STRICTLY_CONFIDENTIAL


def _count(*where: sa.ColumnElement[bool]) -> sa.Select[int]:
    number = sa.func.count().label("number")
    return sa.select(number).select_from(Seat).join(R, R.id == Seat.request_id).where(*where)


def _number(*where: sa.ColumnElement[bool]) -> Rows:
    return _count(*where).add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork(
        "buy_tickets",
        frozenset({"travel_officer"}),
        N_("Seats without a ticket"),
        lambda: _number(WITHOUT_TICKET, ~STRICT),
    ),
    RoleWork(
        "buy_tickets_in_confidence",
        frozenset({"programme_manager"}),
        N_("Seats of strictly confidential requests without a ticket"),
        lambda: _number(WITHOUT_TICKET, STRICT),
    ),
    RoleWork(
        "give_payee_numbers",
        frozenset({"finance_officer"}),
        N_("Payee numbers to enter"),
        lambda: _number(WITHOUT_PAYEE),
    ),
)


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """The figure of the menu: what waits for this person at the travel desk, of the seats that stand there for them."""
    waits = []
    if actor.has(*TRAVEL_OFFICERS):
        waits.append(sa.and_(WITHOUT_TICKET, queries.looked_after_by(actor)))
    if actor.has("finance_officer"):
        waits.append(sa.and_(WITHOUT_PAYEE, queries.may_read(actor)))
    return {"travel": _count(sa.or_(*waits)).scalar_subquery()} if waits else {}
