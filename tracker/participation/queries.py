"""Reads about delegations and eligibility, limited to requests that the actor may see."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.lifecycle import Eligibility, eligibility
from tracker.participation.models import Delegate
from tracker.reference import country_lists
from tracker.reference import queries as reference
from tracker.reference.models import Session, State
from tracker.rights.actor import Actor


def delegates_of(request_id: int) -> Sequence[Delegate]:
    """The delegation in the State's order: delegates, then alternates."""
    return db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.request_id == request_id, Delegate.removed_at.is_(None))
        .order_by(Delegate.alternate, Delegate.position, Delegate.id)
    ).all()


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


def get_delegate(public_id: uuid.UUID, actor: Actor) -> tuple[Delegate, AssistanceRequest]:
    """A delegate and the request it belongs to; NotFound when the request is not the actor's to see."""
    row = db.session.execute(
        sa.select(Delegate, AssistanceRequest)
        .join(AssistanceRequest, AssistanceRequest.id == Delegate.request_id)
        .where(Delegate.public_id == public_id, Delegate.removed_at.is_(None), visible_to(actor))
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


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


def state_of(organisation_id: int) -> str | None:
    """The ISO 3166-1 alpha-3 code of the organisation's State; None when it is no State."""
    return db.session.scalar(sa.select(Organisation.state_iso3).where(Organisation.id == organisation_id))


def eligibility_of(organisation_id: int, session: Session, day: date) -> Eligibility | None:
    """The State's eligibility for a session by the lists of a day; None when the organisation is no State."""
    row = db.session.execute(
        sa.select(*country_lists.columns_on(day))
        .select_from(State)
        .join(Organisation, Organisation.state_iso3 == State.iso3)
        .where(Organisation.id == organisation_id)
    ).one_or_none()
    if row is None:
        return None
    left = None
    if session.closing_on is not None:
        left = working_days.between(today(), session.closing_on, reference.holiday_dates())
    return eligibility(country_lists.lists_in(row), session, today=today(), days_left=left)
