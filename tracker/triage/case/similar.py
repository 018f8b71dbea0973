"""What was asked and done before that a new request should be compared with."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest, Decision, RequestArea
from tracker.assistance.queries.visible import visible_to
from tracker.calendar.now import now
from tracker.database.one_statement import Rows, read_in_one_statement
from tracker.participation.lifecycle import same_person
from tracker.participation.models import Delegate
from tracker.reference.models import ExistingProject, State
from tracker.rights.actor import Actor

R = AssistanceRequest
OWN_AREA = sa.orm.aliased(RequestArea)
YEARS = 3
MOST = 8
MOST_DELEGATES = 4_000
"""Of one session: 195 States with 20 people each."""


@dataclass(frozen=True, slots=True)
class NominatedTwice:
    """People of this delegation who stand in the delegation of another request for the same session."""

    public_id: uuid.UUID
    reference: str
    state_iso3: str | None
    status: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class Similar:
    """Requests of the last three years in the same area or of the same State, and known projects of others; of a
    request for a session, whoever is nominated in another request for it too."""

    requests: list[Any]
    projects: list[Any]
    nominated_twice: list[NominatedTwice]


def similar_to(assistance_request: AssistanceRequest, actor: Actor, *, state_iso3: str | None) -> Similar:
    """The nearest first: the same State and area, then area, then State; one statement, bounded."""
    selects = {"requests": _requests(assistance_request, actor), "projects": _projects(state_iso3)}
    if assistance_request.session_id is not None:
        selects["delegates"] = _delegates_of_the_session(assistance_request, actor)
    found = read_in_one_statement(**selects)
    return Similar(
        sorted(
            found["requests"], key=lambda row: (-row.same_areas * 2 - row.same_state, -row.submitted_at.timestamp())
        ),
        sorted(found["projects"], key=lambda row: row.starts or "", reverse=True),
        nominated_twice(assistance_request.public_id, found.get("delegates", [])),
    )


def nominated_twice(here: uuid.UUID, delegates: list[Any]) -> list[NominatedTwice]:
    """Who of the request `here` is in another of these delegations of one session too; by the other's reference."""
    own = [row for row in delegates if row.public_id == here]
    shared: dict[uuid.UUID, tuple[Any, list[str]]] = {}
    for row in delegates:
        if row.public_id != here and any(same_person(row, mine) for mine in own):
            shared.setdefault(row.public_id, (row, []))[1].append(row.name)
    found = [NominatedTwice(o.public_id, o.reference, o.state_iso3, o.status, names) for o, names in shared.values()]
    return sorted(found, key=lambda other: other.reference)


def _delegates_of_the_session(assistance_request: AssistanceRequest, actor: Actor) -> Rows:
    return (
        sa.select(R.public_id, R.reference, R.status, Organisation.state_iso3, Delegate.name, Delegate.email)
        .join(Delegate, Delegate.request_id == R.id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(
            R.session_id == assistance_request.session_id,
            R.kind == Kind.PARTICIPATION,
            R.status.not_in([Status.DRAFT, Status.WITHDRAWN]),
            Delegate.removed_at.is_(None),
            visible_to(actor),
        )
        .limit(MOST_DELEGATES)
    )


def _requests(assistance_request: AssistanceRequest, actor: Actor) -> Rows:
    own = sa.select(OWN_AREA.area_code).where(OWN_AREA.request_id == assistance_request.id)
    same_areas = (
        sa.select(sa.func.count())
        .where(RequestArea.request_id == R.id, RequestArea.area_code.in_(own))
        .correlate(R)
        .scalar_subquery()
    )
    same_state = sa.case((R.organisation_id == assistance_request.organisation_id, 1), else_=0)
    with_session = R.session_id == assistance_request.session_id if assistance_request.session_id else sa.false()
    same_session = sa.and_(same_state == 1, with_session)
    recent = _recent(assistance_request, actor, own).subquery()
    columns = (R.public_id, R.reference, R.title, R.language, R.kind, R.status, R.submitted_at, R.amount_usd_minor)
    return (
        sa.select(
            *columns,
            Decision.amount_minor.label("accepted_minor"),
            Organisation.state_iso3,
            State.sub_region,
            same_areas.label("same_areas"),
            same_state.label("same_state"),
            same_session.label("same_session"),
        )
        .join(recent, recent.c.id == R.id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Decision, sa.and_(Decision.id == R.decision_id, Decision.outcome == "accepted"))
        .order_by(sa.desc(same_areas * 2 + same_state), R.submitted_at.desc(), R.id.desc())
        .limit(MOST)
    )


def _recent(assistance_request: AssistanceRequest, actor: Actor, areas: Any) -> Rows:
    """Ids of the latest requests of the same State or in one of these areas: those that are compared closer."""
    in_area = R.id.in_(sa.select(RequestArea.request_id).where(RequestArea.area_code.in_(areas)))
    return (
        sa.select(R.id)
        .where(
            sa.or_(R.organisation_id == assistance_request.organisation_id, in_area),
            R.id != assistance_request.id,
            R.submitted_at > now() - timedelta(days=365 * YEARS),
            R.status != Status.DRAFT,
            visible_to(actor),
        )
        .order_by(R.submitted_at.desc(), R.id.desc())
        .limit(200)
    )


def _projects(state_iso3: str | None) -> Rows:
    """Known projects of others that name the State among their beneficiaries, and did not end long ago."""
    earliest = str((now() - timedelta(days=365 * YEARS)).year)
    named = sa.cast(ExistingProject.beneficiaries, sa.Text).contains(f'"{state_iso3}"')
    return (
        sa.select(
            ExistingProject.title,
            ExistingProject.title_language,
            ExistingProject.funder,
            ExistingProject.implementer,
            ExistingProject.starts,
            ExistingProject.ends,
            ExistingProject.status,
            ExistingProject.amount,
            ExistingProject.currency,
        )
        .where(named, sa.or_(ExistingProject.ends == "", ExistingProject.ends >= earliest))
        .order_by(ExistingProject.starts.desc(), ExistingProject.id)
        .limit(MOST)
    )
