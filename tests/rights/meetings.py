"""A session of the world whose support is set up, with seats of Kenya: one is offered, one is to be offered."""

import uuid
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories import participation, pledges, seats
from tests.factories.assistance import People
from tests.factories.offers import offer_of
from tests.rights import endings, sittings
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.participation.conditions.models import ConditionsText, ConditionsVersion
from tracker.participation.models import Delegate
from tracker.participation.offers import services as offers
from tracker.participation.seats.models import Seat
from tracker.participation.support import services
from tracker.participation.support.terms import Rule, Terms
from tracker.reference import queries as reference
from tracker.reference import services as sessions
from tracker.rights.actor import Actor

SET_UP = "AHC-P2"
FIRST_DAY = date(2031, 5, 5)
TERMS = Terms(
    seats=20,
    first_pass=1,
    seats_per_state=2,
    alternates_per_state=1,
    rule_set="A",
    rules=(Rule("in_time", "Practice of the office"),),
)


def made(pledge: uuid.UUID, kenya: People, norway: pledges.People) -> dict[str, Any]:
    """The session, rounds of others, and seats of Kenya at it and elsewhere; gives their ids."""
    return supported(norway, pledge) | seated(kenya, norway) | endings.made(kenya, norway)


def supported(norway: pledges.People, pledge: uuid.UUID) -> dict[str, Any]:
    """A session of 2031 whose support a programme manager has set up, and rounds of others; gives their ids."""
    version = reference.get_session(SET_UP).version
    days = {"starts_on": FIRST_DAY, "ends_on": FIRST_DAY + timedelta(days=4)}
    sessions.edit_session(SET_UP, actor=Actor.system, version=version, **days)
    code = services.set_up_support(SET_UP, actor=norway.manager.actor, terms=TERMS)
    return {"supported": code, **sittings.made(norway.manager, norway.finance, pledge, TERMS)}


def seated(kenya: People, norway: pledges.People) -> dict[str, Any]:
    """Two seats of Kenya there; gives the ids of the seat to be offered, of the other's offer and of their request."""
    case = participation.accepted(kenya, session_id=reference.get_session(SET_UP).id, names=("Awa A", "Awa B"))
    request = pledges.FundableRequest(case.now.id, case.public_id, case.now.reference)
    pledge = pledges.funded(norway, pledges.terms(5_000_00, title="quokkapledge seats"))
    people = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == request.id)).all()
    db.session.rollback()
    given = seats.given(norway, [seats.seat(request, one, (pledge, 20_00)) for one in people])
    to_offer, offered = (public_id_of(seat) for seat in given)
    offers.send_offers(SET_UP, [offered], actor=norway.manager.actor)
    return {"seat_to_offer": to_offer, "offer": offer_of(offered), "seated": case.public_id}


def public_id_of(seat: int) -> uuid.UUID:
    """How addresses call a seat."""
    found = db.session.scalars(sa.select(Seat.public_id).where(Seat.id == seat)).one()
    db.session.rollback()
    return found


def conditions() -> Any:
    """A version that does not hold yet."""
    with transaction() as session:
        row = ConditionsVersion(holds_from=today() + timedelta(days=400), delivered=True)
        session.add(row)
        session.flush()
        session.add(ConditionsText(conditions_id=row.id, language="en", body="One."))
        return row.public_id
