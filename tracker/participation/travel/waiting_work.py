"""Which journeys wait for the travel officer, and which for finance; and the figures of the menu."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES, ON_THE_WAY
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import SeatLine
from tracker.rights.actor import Actor

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


def _number(condition: sa.ColumnElement[bool]) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Seat).where(condition)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork(
        "buy_tickets", frozenset({"travel_officer"}), N_("Seats without a ticket"), lambda: _number(WITHOUT_TICKET)
    ),
    RoleWork(
        "give_payee_numbers",
        frozenset({"finance_officer"}),
        N_("Payee numbers to enter"),
        lambda: _number(WITHOUT_PAYEE),
    ),
)


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """The figure of the menu: what waits for this person at the travel desk."""
    if actor.has("travel_officer"):
        condition = WITHOUT_TICKET
    elif actor.has("finance_officer"):
        condition = WITHOUT_PAYEE
    else:
        return {}
    return {"travel": sa.select(sa.func.count()).select_from(Seat).where(condition).scalar_subquery()}
