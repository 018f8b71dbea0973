"""Requests for participation: `in_review()`, `accepted()`, and `before_rounds(...)` with an amount, as it was; people
whose seats can be estimated (`person`), once the session's support is there (`with_support`)."""

import uuid
from dataclasses import asdict
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from tests.factories import assistance, keeping
from tests.factories.assistance import Case, People
from tracker.assistance.decision import services as decision
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest, Decision
from tracker.calendar.now import now, today
from tracker.costs import loading
from tracker.database.seen import version_of
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation import queries
from tracker.participation import services as participation
from tracker.participation.services import Listed, Nomination
from tracker.participation.support.models import SessionSupport
from tracker.reference.models import Airport, Session

_numbers = count(1)
SAID = {"reasons": "The State is on a list.", "human_rights": "Nothing speaks against it."}


def meeting(*, first_day: date | None = None, code: str = "") -> int:
    """A session that begins on a day, in three months unless said; nominations closed 60 days before."""
    number = next(_numbers)
    begins = first_day or today() + timedelta(days=90)
    with transaction() as session:
        row = Session(code=code or f"AHC-T{number}", title_en=f"Session {number}", title_fr=f"Session {number}")
        row.type, row.status = "substantive", "planned"
        row.starts_on, row.ends_on, row.closing_on = begins, begins + timedelta(5), begins - timedelta(60)
        row.seats_funded, row.seats_per_state, row.alternates_per_state = 40, 2, 1
        session.add(row)
        session.flush()
        return int(row.id)


NAIROBI = {"iata": "NBO", "city": "Nairobi", "country_iso3": "KEN", "latitude": -1.31917, "longitude": 36.9275}
VIENNA = {"iata": "VIE", "city": "Vienna", "country_iso3": "AUT", "latitude": 48.1103, "longitude": 16.5697}
PAID = {"payer_fare": "fund", "payer_allowance": "fund", "payer_terminals": "fund", "payer_visa": "nobody"}


def airports() -> None:
    """The airports between which people travel here, where they are absent."""
    with transaction() as session:
        for facts in (NAIROBI, VIENNA):
            if session.get(Airport, facts["iata"]) is None:
                more = {"name": facts["city"], "timezone": "Europe/Vienna", "role": "gateway", "serves_states": []}
                session.add(Airport(**facts, **more))


def with_support(session_id: int, **facts: Any) -> None:
    """Set a session's support up, in Vienna, and fill the office's book of costs with what is delivered."""
    airports()
    with transaction() as session:
        loading.load_rates()
        loading.load_rules()
        session.get_one(Session, session_id).airport_iata = "VIE"
        session.add(SessionSupport(session_id=session_id, **{"rule_set": "A", **facts}))


def person(name: str = "Awa Konan", *, first: date | None = None, last: date | None = None, **said: Any) -> Nomination:
    """Somebody of whom everything is said; there from the day before a session (in three months) to the day after."""
    given, _space, family = name.rpartition(" ")
    begins = first or today() + timedelta(days=90)
    days = {"arrives_on": begins - timedelta(1), "leaves_on": (last or begins + timedelta(5)) + timedelta(1)}
    said = {"function": "Magistrate", "office": "Ministry of Justice", "nationality_iso3": None, **said}
    said = {"email": f"{'-'.join(name.lower().split())}@example.org", "departure_airport": "NBO", **days, **said}
    return Nomination(**{"given_name": given, "family_name": family, **PAID, **said})


def standing(request_id: int) -> list[Listed]:
    """The delegation as its form says it."""
    names = Nomination.__dataclass_fields__
    people = queries.delegates_of(request_id)
    found = [Listed(one.public_id, Nomination(**{name: getattr(one, name) for name in names})) for one in people]
    db.session.rollback()
    return found


def seen(request_id: int) -> str:
    """The version that the delegation's form carries now."""
    version = version_of(*queries.delegates_of(request_id))
    db.session.rollback()
    return str(version)


def typed(*people: Nomination, **facts: Any) -> dict[str, Any]:
    """New rows of the delegation's form as a browser sends them, all that is said in each."""
    data: dict[str, Any] = dict(facts)
    for place, one in enumerate(people):
        for name, value in asdict(one).items():
            for key, text in _inputs(name, value):
                data[f"people-{place}-{key}"] = text
    return data


def _inputs(name: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, date):
        return [(f"{name}-{part}", str(getattr(value, part))) for part in ("day", "month", "year")]
    if isinstance(value, bool):
        return [(name, "y")] if value else []
    return [(name.removesuffix("_iso3"), value or "")]


@keeping.kept
def in_review(people: People | None = None, *, session_id: int | None = None, names: tuple[str, ...] = ()) -> Case:
    """A request for a session that an officer has taken up, with somebody nominated."""
    case = assistance.draft(people, kind="participation")
    session_id = session_id or meeting()
    airports()
    first, last = db.session.execute(
        sa.select(Session.starts_on, Session.ends_on).where(Session.id == session_id)
    ).one()
    db.session.rollback()
    for name in names or (f"Awa Konan {next(_numbers)}",):  # nobody is in two delegations on the same days
        said = person(name, first=first, last=last, gender="woman")
        participation.nominate(case.public_id, actor=case.drafter, nomination=said)
    reference = {"reference": f"PS-2026-{case.people.of}-{case.now.id:03}", "reference_number": case.now.id}
    facts: dict[str, Any] = {"status": "submitted", "origin": "imported", "submitted_at": now(), **reference}
    with transaction():
        this = AssistanceRequest.public_id == case.public_id
        update_where(AssistanceRequest, this, session_id=session_id, **facts)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    return case


@keeping.kept
def accepted(people: People | None = None, **facts: Any) -> Case:
    """A request whose people are eligible and await the round."""
    case = in_review(people, **facts)
    prepare(case)
    sign(case)
    return case


def prepare(case: Case) -> None:
    """The officer prepares the acceptance."""
    proposal = decision.Proposal(outcome=Outcome.ACCEPTED, **SAID)
    decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)


def sign(case: Case) -> None:
    """The manager signs what is prepared."""
    prepared = _prepared(case)
    decision.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=prepared)


def _prepared(case: Case) -> uuid.UUID:
    with transaction() as session:
        waits = (Decision.request_id == case.now.id, Decision.signed_at.is_(None))
        return session.scalars(sa.select(Decision.public_id).where(*waits)).one()


def before_rounds(people: People | None = None, *, amount_minor: int, **facts: Any) -> Case:
    """A request that was accepted with an amount, as it was done before there were rounds."""
    case = in_review(people, **facts)
    prepare(case)
    prepared = _prepared(case)
    with transaction():
        update_where(Decision, Decision.public_id == prepared, amount_minor=amount_minor, before_rounds=True)
    sign(case)
    return case


def without_a_seat(people: People | None = None, **facts: Any) -> Case:
    """An accepted request for a session that is over, in which its State had no seat."""
    over = meeting(first_day=today() - timedelta(days=20))
    return accepted(people, session_id=over, **facts)


def unfunded(people: People | None = None) -> Case:
    """A request that ended without a seat."""
    case = without_a_seat(people)
    act = {"actor": case.manager, "version": case.version}
    implementation.end_unfunded(case.public_id, rule="One seat for each State, the least developed first.", **act)
    return case
