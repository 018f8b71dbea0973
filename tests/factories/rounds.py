"""Rounds for tests: `session()`, `asks("KEN", "Awa", …)`, `opened()`, `give(...)`, `prepared(...)`."""

import uuid

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import pledges as make
from tests.factories import seats as seating
from tests.participation.support.conftest import FIRST_DAY, plan, set_up
from tracker.assistance.models import AssistanceRequest
from tracker.costs import loading
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.estimating import estimates_of
from tracker.participation.models import Delegate
from tracker.participation.settling.models import SessionClosing
from tracker.participation.support.queries import support_of
from tracker.pledges import funding
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds import queries, services
from tracker.rounds.giving import turn
from tracker.rounds.models import Round
from tracker.rounds.promotion.proposing import propose_promotion
from tracker.rounds.reading import Table, table_of

CODE = "AHC-P1"


def session(**terms) -> str:
    """A session in Vienna whose support is set up; gives its code."""
    book()
    plan(CODE, FIRST_DAY, "VIE")
    return set_up(CODE, **terms)


def book() -> None:
    """Fill the office's book of costs with what is delivered."""
    with transaction():
        loading.load_rates()
        loading.load_rules()


def asks(iso3: str, *names: str, **facts) -> make.FundableRequest:
    """An eligible request of a State that nominates these people, in this order."""
    accounts.state(iso3)
    session_id = reference.get_session(CODE).id
    request = make.request_of(iso3, approved=0, kind="participation", session_id=session_id, **facts)
    for name in names or (f"Delegate of {iso3}",):
        seating.person_of(request, name)
    return request


def people_of(request: make.FundableRequest) -> dict[str, str]:
    """How the people of a request stand, by name."""
    rows = db.session.execute(sa.select(Delegate.name, Delegate.status).where(Delegate.request_id == request.id))
    found = {row.name: row.status for row in rows}
    db.session.rollback()
    return found


def complete(request: make.FundableRequest) -> None:
    """Give the estimates of a request's people what they need."""
    with transaction():
        update_where(Delegate, Delegate.request_id == request.id, departure_iata="NBO")


def incomplete(request: make.FundableRequest) -> None:
    """Take from the estimates of a request's people what they need."""
    with transaction():
        update_where(Delegate, Delegate.request_id == request.id, departure_iata=None)


def costs() -> dict[str, int]:
    """What the fund pays for a seat, line by line: the same for everybody here."""
    support = support_of(reference.get_session(CODE).id)
    (estimate,) = estimates_of([db.session.scalars(sa.select(Delegate).limit(1)).one()], support).values()
    db.session.rollback()
    return {line.kind.value: line.from_fund for line in estimate.lines if line.from_fund}


def seat() -> int:
    """What a seat costs in all, in cents of the dollar."""
    return sum(costs().values())


def pledge_of(people: make.People, cents: int, **offer) -> uuid.UUID:
    """A pledge that has so much for seats once the support cost of 13 percent is off, and a cent at most beside."""
    return make.funded(people, make.terms(-(-cents * 113 // 100), **offer))


def opened(people: make.People) -> uuid.UUID:
    """A round of the session."""
    return uuid.UUID(services.open_round(CODE, actor=people.manager.actor))


def row(round_: uuid.UUID) -> Round:
    """The round as it stands."""
    db.session.rollback()
    return queries.get_round(round_, Actor.system)


def table(round_: uuid.UUID) -> Table:
    """What lies on the table of a round."""
    found = table_of(row(round_))
    db.session.rollback()
    return found


def next_of(round_: uuid.UUID) -> int | None:
    """The request whose State the published order gives the next seat."""
    table = table_of(row(round_))
    found = turn(table.sitting, table.means.payable(table.sitting))
    db.session.rollback()
    return found


def seated(round_: uuid.UUID) -> set[str]:
    """Who has a seat in a round."""
    table = table_of(row(round_))
    found = {table.people[seat.delegate_id].name for seat in table.sitting.given}
    db.session.rollback()
    return found


def close(request: make.FundableRequest) -> None:
    """The request ends, as when its State withdraws it."""
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == request.id, status="withdrawn", withdrawal_reason=".")
        funding.shut(request.id)


def cancel(_people: make.People) -> None:
    """The session does not take place."""
    with transaction():
        update_where(Session, Session.code == CODE, status="cancelled")


def close_account(people: make.People) -> None:
    """The account of the session is closed."""
    session_id, closed_by = reference.get_session(CODE).id, people.manager.actor.person_id
    with transaction() as session:
        session.add(SessionClosing(session_id=session_id, closed_by_id=closed_by, remaining={}))


def give(people: make.People, round_: uuid.UUID, request: make.FundableRequest, *pledges: uuid.UUID, **said) -> int:
    """A seat for the next person of a State."""
    ids = [seating.row_of(pledge) for pledge in pledges]
    return services.give_seat(
        round_, actor=people.manager.actor, version=None, request_id=request.id, pledges=ids, **said
    )


def prepared(people: make.People, *given: tuple[make.FundableRequest, uuid.UUID]) -> uuid.UUID:
    """A round in which these got a seat from these pledges, signed by the manager."""
    round_ = opened(people)
    for request, pledge in given:
        give(people, round_, request, pledge, reason="As asked.")
    services.prepare(round_, actor=people.manager.actor, version=None)
    return round_


def delegate(name: str) -> uuid.UUID:
    """The public id of somebody who was nominated."""
    found = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.name == name)).one()
    db.session.rollback()
    return found


def proposed(by: accounts.Someone, name: str, *from_: uuid.UUID, reason: str = "A seat came back.") -> uuid.UUID:
    """A seat that is free, proposed for somebody from these pledges; the public id of the act."""
    rows = [seating.row_of(pledge) for pledge in from_]
    return uuid.UUID(propose_promotion(delegate(name), actor=by.actor, pledges=rows, reason=reason))
