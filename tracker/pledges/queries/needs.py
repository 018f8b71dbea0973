"""What States agreed to show donors: accepted requests with consent, each field only where it was consented to."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.fields.table import shown_with
from tracker.assistance.lifecycle import Kind, Marking, Status
from tracker.assistance.models import AssistanceRequest, Consent
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.earmarks import Facts, Rule, interest
from tracker.pledges.models import Allocation, DonorInterest, Pledge, RequestFunding
from tracker.pledges.queries.requests import Funding, facts_of
from tracker.reference.models import State
from tracker.rights.actor import Actor

R = AssistanceRequest
MOST_NEEDS = 1_000
"""So many needs, those accepted last, are compared with a donor's interests."""


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A request as a donor may see it: no reference, no people; title, text and amounts only by consent."""

    number: uuid.UUID
    kind: str
    facts: Facts
    accepted_at: datetime | None
    title: str | None
    problem: str | None
    objectives: str | None
    language: str
    funding: Funding | None
    lacks_money: bool = False
    met: tuple[Rule, ...] = ()
    score: int = 0


def shown_to_donors() -> sa.ColumnElement[bool]:
    """Requests that may be shown to every donor, in whatever part."""
    return sa.and_(R.status.in_((Status.ACCEPTED, Status.IN_IMPLEMENTATION)), _agreed_for_donors())


def _agreed_for_donors() -> sa.ColumnElement[bool]:
    consented = sa.exists().where(
        Consent.request_id == R.id, Consent.audience == "donors", Consent.revoked_at.is_(None)
    )
    return sa.and_(R.marking != Marking.STRICTLY_CONFIDENTIAL, consented)


def readable_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Requests of which this donor may read a page: those that every donor sees, and those that its own money paid."""
    return sa.or_(shown_to_donors(), sa.and_(_agreed_for_donors(), paid_by(actor)))


def paid_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Requests for which money of the actor's organisation is or was set aside."""
    return sa.exists().where(
        Allocation.request_id == R.id,
        Allocation.approved_at.is_not(None),
        Pledge.id == Allocation.pledge_id,
        Pledge.organisation_id.in_(ids_of(actor.organisation_id)),
    )


def consented_fields(request_ids: Collection[int]) -> dict[int, set[str]]:
    """Which fields of requests donors may see now."""
    statement = sa.select(Consent.request_id, Consent.field).where(
        Consent.request_id.in_(list(request_ids)), Consent.audience == "donors", Consent.revoked_at.is_(None)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for request_id, name in db.session.execute(statement):
        found[request_id].add(name)
    return found


def open_needs(
    actor: Actor, *, kind: str = "", region: str = "", interests: "Interests | None" = None
) -> list[OpenNeed]:
    """Needs that still lack money (MOST_NEEDS at most), without their texts: those first that fit the actor's
    interests best, then the latest."""
    rules = interests_of(actor).rules if interests is None else interests.rules
    wanted = [shown_to_donors(), RequestFunding.open, _lacks_money()]
    if kind:
        wanted.append(R.kind == kind)
    if region:
        wanted.append(Organisation.state_iso3.in_(sa.select(State.iso3).where(State.regional_group == region)))
    return sorted(
        _load(wanted, rules), key=lambda need: (-need.score, -(need.accepted_at.timestamp() if need.accepted_at else 0))
    )


def get_need(number: uuid.UUID, actor: Actor) -> OpenNeed:
    """One need by its public number, also one that got its money, for the donors whose money that was; raises NotFound
    when nothing of it is shown to the actor."""
    found = _load([readable_by(actor), R.public_number == number], interests_of(actor).rules, with_texts=True)
    if not found:
        raise NotFound
    return found[0]


def _lacks_money() -> sa.ColumnElement[bool]:
    """Less is allocated than was approved; or its State awaits a round, which approves and allocates in one."""
    awaits_a_round = sa.and_(R.kind == Kind.PARTICIPATION, RequestFunding.approved_minor == 0)
    return sa.or_(RequestFunding.allocated_minor < RequestFunding.approved_minor, awaits_a_round)


def _load(conditions: list[Any], rules: Mapping[str, Any], *, with_texts: bool = False) -> list[OpenNeed]:
    texts = [text if with_texts else sa.null().label(text.key) for text in (R.problem, R.objectives)]
    statement = (
        sa.select(
            R.id,
            R.public_number,
            R.kind,
            R.decided_at,
            R.title,
            R.language,
            RequestFunding,
            _lacks_money().label("lacks_money"),
            agreed_fields().label("shown"),
            *texts,
        )
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(RequestFunding, RequestFunding.request_id == R.id)
        .where(*conditions)
        .order_by(R.decided_at.desc().nulls_last(), R.id.desc())
        .limit(MOST_NEEDS)
    )
    rows = db.session.execute(statement).all()
    facts = facts_of([row.id for row in rows], today())
    return [_as_shown(row, set((row.shown or "").split(",")), facts[row.id], rules) for row in rows]


def agreed_fields() -> sa.ScalarSelect[Any]:
    """The consents to donors of the row's request, joined by commas."""
    return (
        sa.select(sa.func.aggregate_strings(Consent.field, ","))
        .where(Consent.request_id == R.id, Consent.audience == "donors", Consent.revoked_at.is_(None))
        .correlate(R)
        .scalar_subquery()
    )


def _as_shown(row: Any, consents: set[str], facts: Facts, rules: Mapping[str, Any]) -> OpenNeed:
    shown = shown_with(consents)
    score, met = interest(rules, facts)
    money: RequestFunding = row.RequestFunding
    funding = Funding(money.approved_minor, money.allocated_minor, money.paid_minor)
    return OpenNeed(
        number=row.public_number,
        kind=row.kind,
        facts=facts,
        accepted_at=row.decided_at,
        title=row.title if "title" in shown else None,
        problem=row.problem if "problem" in shown else None,
        objectives=row.objectives if "objectives" in shown else None,
        language=row.language,
        funding=funding if "budget" in shown and money.approved_minor else None,
        lacks_money=bool(money.open and row.lacks_money),
        met=met,
        score=score,
    )


@dataclass(frozen=True, slots=True)
class Interests:
    """What a donor wants to be shown first."""

    version: int
    rules: dict[str, list[str]]


def interests_of(actor: Actor) -> Interests:
    """The interests of the actor's organisation; empty when none were set."""
    return as_interests(db.session.execute(select_interests(actor)))


def select_interests(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """The statement behind `interests_of`, for a page that reads more with it."""
    return sa.select(DonorInterest.version, DonorInterest.rules).where(
        DonorInterest.organisation_id == actor.organisation_id
    )


def as_interests(rows: Iterable[Any]) -> Interests:
    """The one row of `select_interests`, or none."""
    row = next(iter(rows), None)
    return Interests(row.version, row.rules) if row else Interests(0, {})
