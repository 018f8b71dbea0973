"""Seats that were given at a session, ready to be offered: `ready("KEN", "BTN")`, `offered(scene)`."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories import accounts, assistance, keeping, seats
from tests.factories import participation as taking_part
from tests.factories import pledges as money
from tests.factories.accounts import Someone
from tests.factories.assistance import Case, People
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.offers.services.moving import move_person
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.participation.support import services as support
from tracker.participation.support.terms import Rule, Terms
from tracker.pledges import services as paying
from tracker.pledges.models import Allocation
from tracker.reference import queries as reference
from tracker.reference.models import Session

CODE = "AHC-T900"
SEAT_COSTS = 20_00


@dataclass
class Scene:
    """A session with its support, States with a seat each, and the people around the money."""

    code: str
    donors: money.People
    cases: dict[str, Case] = field(default_factory=dict)
    seats: dict[str, uuid.UUID] = field(default_factory=dict)
    travel: Someone | None = None

    @property
    def officer(self) -> Any:
        return self.travel.actor if self.travel else self.donors.manager.actor

    @property
    def manager(self) -> Any:
        return self.donors.manager.actor


def session_of(code: str, *, in_days: int) -> None:
    """A session that begins in so many days, with the usual days counted back."""
    with transaction() as session:
        session_id = taking_part.meeting(first_day=today() + timedelta(days=in_days), code=code)
        session.flush()
    manager = accounts.person("programme_manager").actor
    terms = Terms(40, 1, 2, 1, "A", rules=(Rule("in_time", "Practice of the office"),))
    support.set_up_support(code, actor=manager, terms=terms, sure=True)
    assert session_id


@keeping.kept
def ready(
    *states: str,
    in_days: int = 90,
    donors: money.People | None = None,
    kept: People | None = None,
    costs: tuple[int, ...] = (SEAT_COSTS,),
) -> Scene:
    """Each State has one seat, whose lines (fare, allowance, …) one pledge pays, and an alternate."""
    assistance.reference_data()
    donors = donors or money.people()
    session_of(CODE, in_days=in_days)
    scene = Scene(CODE, donors, travel=accounts.person("travel_officer"))
    session_id = db.session.scalars(sa.select(Session.id).where(Session.code == CODE)).one()
    db.session.rollback()
    pledge = money.funded(donors)
    for state in states:
        names = (f"Awa {state}", f"Moussa {state}")
        case = taking_part.accepted(kept or People(state), session_id=session_id, names=names)
        scene.cases[state] = case
        row, alternate = db.session.scalars(
            sa.select(Delegate.id).where(Delegate.request_id == case.now.id).order_by(Delegate.position)
        ).all()
        db.session.rollback()
        with transaction():
            update_where(Delegate, Delegate.id == alternate, alternate=True)
        request = money.FundableRequest(case.now.id, case.public_id, case.now.reference)
        (seat,) = seats.given(donors, [seats.seat(request, row, *((pledge, cost) for cost in costs))])
        scene.seats[state] = db.session.scalars(sa.select(Seat.public_id).where(Seat.id == seat)).one()
        db.session.rollback()
    return scene


def offered(scene: Scene, *, until: date | None = None) -> dict[str, uuid.UUID]:
    """Offer every seat; gives the public id of each State's offer. `until` may lie in the past."""
    services.send_offers(scene.code, list(scene.seats.values()), actor=scene.officer)
    if until is not None:
        with transaction():
            update_where(Offer, Offer.outcome.is_(None), until=until)
    return {state: offer_of(seat) for state, seat in scene.seats.items()}


def offer_of(seat: uuid.UUID) -> uuid.UUID:
    """The latest offer of a seat."""
    latest = sa.select(Offer.public_id).join(Seat, Seat.id == Offer.seat_id).where(Seat.public_id == seat)
    found = db.session.scalars(latest.order_by(Offer.id.desc()).limit(1)).one()
    db.session.rollback()
    return found


def stands(seat: uuid.UUID) -> tuple[str, str, str | None]:
    """How a seat stands, whoever sits in it, and its latest offer."""
    row = db.session.execute(
        sa.select(Seat.status, Delegate.status.label("person"), Offer.outcome)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .outerjoin(Offer, Offer.seat_id == Seat.id)
        .where(Seat.public_id == seat)
        .order_by(Offer.id.desc())
        .limit(1)
    ).one()
    db.session.rollback()
    return row.status, row.person, row.outcome


def days_of(code: str) -> dict[str, date | None]:
    """The days of a session's steps."""
    from tracker.participation.support.queries import support_of

    found = support_of(reference.get_session(code).id)
    db.session.rollback()
    assert found is not None
    return {step: found.day_of(step) for step in ("answer", "papers", "ticket")}


def confirmed(scene: Scene) -> dict[str, uuid.UUID]:
    """Offer every seat and let each State confirm it; gives the public id of each State's offer."""
    found = offered(scene)
    for state, offer in found.items():
        services.confirm(offer, actor=scene.cases[state].authority, version=1, nobody_else_pays=True)
    return found


def ticketed(seat: uuid.UUID) -> None:
    """Somebody has the ticket of a seat in hand."""
    with transaction():
        row = db.session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        row.apply(SeatAction.TICKET, version=None)
        move_person(row.delegate_id, DelegateStatus.TICKETED)


def begun(seat: uuid.UUID, first_day: date | None = None) -> None:
    """The journey of a seat begins on a day; today, where it is not said."""
    whose = sa.select(Seat.delegate_id).where(Seat.public_id == seat).scalar_subquery()
    first = first_day or today()
    with transaction():
        update_where(Delegate, Delegate.id == whose, arrives_on=first, leaves_on=first + timedelta(days=6))


def money_of(seat: uuid.UUID) -> uuid.UUID:
    """The allocation that pays a seat."""
    of_it = sa.select(Allocation.public_id).join(Seat, Seat.id == Allocation.seat_id).where(Seat.public_id == seat)
    found = db.session.scalars(of_it).one()
    db.session.rollback()
    return found


def paid(scene: Scene, seat: uuid.UUID, amount: int, number: str = "FIN-1") -> uuid.UUID:
    """Pay so much for the ticket of a seat; gives the allocation."""
    allocation = money_of(seat)
    payment = seats.payment(allocation, amount, number)
    paying.disburse(allocation, actor=scene.donors.finance.actor, payment=payment)
    return allocation
