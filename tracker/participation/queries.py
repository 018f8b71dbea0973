"""Reads about delegations and eligibility, limited to requests that the actor may see."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import LIVE, Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import get_visible
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.participation.lifecycle import NOT_COMING, Eligibility, eligibility, judged_on
from tracker.participation.models import Delegate
from tracker.reference import country_lists, nominations
from tracker.reference import queries as reference
from tracker.reference.models import Airport, Session, State
from tracker.reference.names import state_name
from tracker.rights.actor import Actor


def delegates_of(request_id: int) -> Sequence[Delegate]:
    """The delegation in the State's order: delegates, then alternates."""
    return db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.request_id == request_id, Delegate.removed_at.is_(None))
        .order_by(Delegate.alternate, Delegate.position, Delegate.id)
    ).all()


def delegates_and_lists(assistance_request: Any, day: date) -> tuple[list[Delegate], frozenset[str]]:
    """The delegation in the State's order, and the lists that the State is on, on a day; in one statement."""
    of_this = sa.and_(Delegate.request_id == assistance_request.id, Delegate.removed_at.is_(None))
    rows = db.session.execute(
        sa.select(Delegate, *country_lists.columns_on(day))
        .select_from(Organisation)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Delegate, of_this)
        .where(Organisation.id == assistance_request.organisation_id)
        .order_by(Delegate.alternate, Delegate.position, Delegate.id)
    ).all()
    return [row.Delegate for row in rows if row.Delegate is not None], country_lists.lists_in(rows[0])


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a delegation has."""

    delegates: int
    alternates: int


def sizes_of(rows: Iterable[Any]) -> dict[uuid.UUID, Size | None]:
    """How many people the rows' requests for participation name, by public id (None: nobody yet). One statement, or
    none where all rows (with `public_id` and `kind`) are of the other kind."""
    asked = [row.public_id for row in rows if row.kind == Kind.PARTICIPATION]
    if not asked:
        return {}
    alternates = sa.func.sum(sa.case((Delegate.alternate, 1), else_=0))
    found = db.session.execute(
        sa.select(AssistanceRequest.public_id, sa.func.count().label("people"), alternates.label("alternates"))
        .join(Delegate, Delegate.request_id == AssistanceRequest.id)
        .where(AssistanceRequest.public_id.in_(asked), Delegate.removed_at.is_(None))
        .group_by(AssistanceRequest.public_id)
    )
    sizes = {row.public_id: Size(row.people - row.alternates, row.alternates) for row in found}
    return {public_id: sizes.get(public_id) for public_id in asked}


def names_in(request_id: int) -> dict[int, str]:
    """The names of everybody who was ever nominated in a request, by the delegate's id."""
    of_this = Delegate.request_id == request_id
    return {row.id: row.name for row in db.session.execute(sa.select(Delegate.id, Delegate.name).where(of_this))}


def get_delegation(public_id: uuid.UUID, actor: Actor) -> AssistanceRequest:
    """A request for participation that the actor may see; NotFound also for one of the other kind, which has none."""
    found = get_visible(public_id, actor)
    if found.kind != Kind.PARTICIPATION:
        raise NotFound
    return found


def people_elsewhere(assistance_request: AssistanceRequest) -> list[tuple[Delegate, str]]:
    """Whom the State nominates, or who has a seat, for other sessions with days that are known; each with the
    session's code."""
    found = db.session.execute(
        sa.select(Delegate, Session.code)
        .join(AssistanceRequest, AssistanceRequest.id == Delegate.request_id)
        .join(Session, Session.id == AssistanceRequest.session_id)
        .where(
            AssistanceRequest.organisation_id == assistance_request.organisation_id,
            AssistanceRequest.id != assistance_request.id,
            AssistanceRequest.session_id.is_distinct_from(assistance_request.session_id),
            AssistanceRequest.status.in_(LIVE),
            Delegate.removed_at.is_(None),
            Delegate.status.not_in(NOT_COMING),
            Delegate.arrives_on.is_not(None),
        )
        .order_by(Delegate.id)
    )
    return [(row.Delegate, row.code) for row in found]


def last_delegation(assistance_request: AssistanceRequest) -> Sequence[Delegate]:
    """The people of the State's latest earlier participation request that has any, for "copy last session's"."""
    earlier = (
        sa.select(AssistanceRequest.id)
        .where(
            AssistanceRequest.organisation_id == assistance_request.organisation_id,
            AssistanceRequest.kind == Kind.PARTICIPATION,
            AssistanceRequest.id != assistance_request.id,
            AssistanceRequest.status.not_in([Status.DRAFT, Status.WITHDRAWN]),
            sa.exists().where(Delegate.request_id == AssistanceRequest.id, Delegate.removed_at.is_(None)),
        )
        .order_by(AssistanceRequest.submitted_at.desc(), AssistanceRequest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.request_id == earlier, Delegate.removed_at.is_(None))
        .order_by(Delegate.alternate, Delegate.position)
    ).all()


def airport_meant(text: str) -> str | None:
    """The code of the airport that somebody wrote: its code, its city, or both ("Nairobi (NBO)"); None where that
    names none or several."""
    said = text.strip().rstrip(")").rpartition("(")[2].strip()
    if not said:
        return None
    by_name = sa.func.lower(Airport.city) == said.lower()
    found = db.session.scalars(sa.select(Airport.iata).where(sa.or_(Airport.iata == said.upper(), by_name))).all()
    if said.upper() in found:
        return said.upper()
    return found[0] if len(found) == 1 else None


def home_of(organisation_id: int) -> tuple[str, str]:
    """The name of an organisation's State in the reader's language and the code of the airport through which one
    reaches it; empty where it is no State."""
    row = db.session.execute(
        sa.select(State.iso3, State.gateway_iata)
        .join(Organisation, Organisation.state_iso3 == State.iso3)
        .where(Organisation.id == organisation_id)
    ).one_or_none()
    return (state_name(row.iso3, current_language()), row.gateway_iata or "") if row else ("", "")


def eligibility_of(organisation_id: int, session: Session) -> Eligibility | None:
    """The State's eligibility for a session; None when the organisation is no State."""
    lists = lists_of(organisation_id, judged_on(session.closing_on, today()))
    if lists is None:
        return None
    left = None
    if session.closing_on is not None:
        left = working_days.between(today(), session.closing_on, reference.holiday_dates())
    late = nominations.takes_late(session, today())
    return eligibility(lists, session, today=today(), days_left=left, takes_late=late)


def lists_of(organisation_id: int, day: date) -> frozenset[str] | None:
    """The lists that an organisation's State is on, on a day; None when it is no State."""
    row = db.session.execute(
        sa.select(*country_lists.columns_on(day))
        .select_from(State)
        .join(Organisation, Organisation.state_iso3 == State.iso3)
        .where(Organisation.id == organisation_id)
    ).one_or_none()
    return country_lists.lists_in(row) if row is not None else None
