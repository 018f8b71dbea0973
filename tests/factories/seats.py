"""Seats for tests: `seat(request, person_of(request), (pledge, 100_00))`, `given(people, [...])`."""

import uuid
from datetime import date
from itertools import count

import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.participation import PAID, airports
from tracker.costs.lines import LineKind, Payer
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatAction, SeatOrigin, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.seats.services import NewLine, NewSeat, give_seats
from tracker.pledges.models import Allocation, Pledge, SeatLine
from tracker.pledges.seat_lines import WHOLE
from tracker.pledges.services import Payment

_numbers = count(1)


def eligible(code: str = "KEN") -> make.FundableRequest:
    """A request for participation that was accepted, which names no amount."""
    return make.request_of(code, approved=0, kind="participation")


def person_of(request: make.FundableRequest, name: str = "") -> int:
    """Somebody whom the State nominated, of whom everything is said; there from 1 to 7 March 2027."""
    number = next(_numbers)
    airports()
    shown = name or f"Amina Otieno {number}"
    given, _space, family = shown.rpartition(" ")
    said = {"name": shown, "given_name": given, "family_name": family, "departure_iata": "NBO", **PAID}
    days = {"arrives_on": date(2027, 3, 1), "leaves_on": date(2027, 3, 7)}
    with transaction() as session:
        row = Delegate(request_id=request.id, position=number, **said, **days)
        session.add(row)
        session.flush()
        return row.id


def row_of(pledge: uuid.UUID) -> int:
    """The id of the pledge's row."""
    found = db.session.scalars(sa.select(Pledge.id).where(Pledge.public_id == pledge)).one()
    db.session.rollback()
    return found


def seat(request: make.FundableRequest, delegate_id: int, *paid: tuple[uuid.UUID, int]) -> NewSeat:
    """A seat whose lines (fare, allowance, …) are paid by these pledges, one after the other."""
    lines = [
        NewLine(kind, Payer.FUND, amount, row_of(pledge))
        for kind, (pledge, amount) in zip(LineKind, paid, strict=False)
    ]
    return NewSeat(request.id, delegate_id, (*lines, NewLine(LineKind.INSURANCE, Payer.STATE, 40_00)))


def given(people: make.People, seats: list[NewSeat]) -> list[int]:
    """Seats that a manager proposed and a finance officer approved."""
    manager = people.manager.actor.person_id
    return give_seats(seats, origin=SeatOrigin.ROUND, proposed_by_id=manager, actor=people.finance.actor)


def confirmed(allocation: uuid.UUID) -> uuid.UUID:
    """The allocation of a seat, which its State has confirmed."""
    with transaction() as session:
        of_it = sa.select(Seat).join(Allocation, Allocation.seat_id == Seat.id).where(of(allocation))
        seat = session.scalars(of_it).one_or_none()
        if seat is not None and seat.status == SeatStatus.SELECTED:
            seat.apply(SeatAction.CONFIRM, version=None)
    return allocation


def of(allocation: uuid.UUID) -> sa.ColumnElement[bool]:
    """The allocation that addresses call so."""
    return Allocation.public_id == allocation


def payment(
    allocation: uuid.UUID, amount: int, number: str = "FIN-1", *, kind: str = "fare", part: str = WHOLE
) -> Payment:
    """A payment of today for a line that the seat's allocation pays, which its State has confirmed by then."""
    confirmed(allocation)
    of_the_line = (of(allocation), SeatLine.kind == kind)
    found = sa.select(SeatLine.id).join(Allocation, Allocation.id == SeatLine.allocation_id).where(*of_the_line)
    line_id = db.session.scalars(found).one()
    db.session.rollback()
    return Payment(amount, make.today(), number, "travel_agent", "cash", "By hand.", seat_line_id=line_id, part=part)
