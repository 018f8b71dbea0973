"""Which requests an actor may see. A row that is not visible and a row that is not there are the same: NotFound."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.assistance.lifecycle import Marking, Status
from tracker.assistance.models import AssistanceRequest, Clarification, CoDrafter, Recusal
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.rights.actor import REQUEST_READERS, SECRET_READERS, Actor

R = AssistanceRequest


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The condition under which a request is the actor's to see (product.md, "Who may see what").

    A State sees its own; its drafts only their office, invited co-drafters and the authority. Staff see a
    request from its first submission, a strictly confidential one only as assigned officer, manager or
    auditor, and nothing of one in which they declared a conflict of interest. The administrator sees no request
    content. Donors and the public read through their own queries, which know consent.
    """
    if actor.is_system:
        return sa.true()
    conditions: list[sa.ColumnElement[bool]] = []
    if actor.is_state:
        conditions.append(_own(actor))
    if actor.has(*REQUEST_READERS):
        conditions.append(_for_staff(actor))
    return sa.or_(*conditions) if conditions else sa.false()


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    own = R.organisation_id == actor.organisation_id
    if actor.has("authorising_officer"):
        return own
    invited = sa.exists().where(CoDrafter.request_id == R.id, CoDrafter.person_id == actor.person_id)
    if not actor.has("focal_point"):
        return sa.and_(own, R.status != Status.DRAFT)
    mine = sa.or_(R.office_id == actor.office_id, R.drafter_id.in_(actor.and_whom_they_stand_in_for), invited)
    return sa.and_(own, sa.or_(R.status != Status.DRAFT, mine))


def recused(actor: Actor) -> sa.ColumnElement[bool]:
    """The condition under which the actor declared a conflict of interest in a request: nothing of it is theirs."""
    return _recused(actor.person_id)


def _recused(person: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(Recusal.request_id == R.id, Recusal.person_id == person)


def _for_staff(actor: Actor) -> sa.ColumnElement[bool]:
    return seen_by_staff(actor.person_id, secrets=actor.has(*SECRET_READERS))


def seen_by_staff(person: Any, *, secrets: bool) -> sa.ColumnElement[bool]:
    """The same for somebody of the office who reads requests (an id, or what stands for it): figures of the menu are
    built once for everybody. `secrets` says whether strictly confidential ones are theirs by their role."""
    arrived = sa.and_(R.submitted_at.is_not(None), sa.not_(_recused(person)))
    if secrets:
        return arrived
    open_to_all = R.marking != Marking.STRICTLY_CONFIDENTIAL
    return sa.and_(arrived, sa.or_(open_to_all, R.assigned_to_id == person))


def get_visible(public_id: uuid.UUID, actor: Actor, *options: Any) -> AssistanceRequest:
    """The request; NotFound when not visible. One statement; what rules ask of it is in `rule_facts`.

    `options` are loader options for what the caller shows.
    """
    statement = sa.select(R).where(R.public_id == public_id, visible_to(actor)).options(*options)
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def load_whole(public_id: uuid.UUID, actor: Actor) -> AssistanceRequest:
    """The request with its areas, beneficiaries, budget, attachments and note: what forms and pages show."""
    return get_visible(
        public_id,
        actor,
        selectinload(R.areas),
        selectinload(R.beneficiaries),
        selectinload(R.budget_lines),
        selectinload(R.attachments),
        selectinload(R.note),
    )


def open_clarification(assistance_request: AssistanceRequest) -> Clarification | None:
    """The round of questions that waits for the State, with its questions."""
    return db.session.scalars(
        sa.select(Clarification)
        .where(Clarification.request_id == assistance_request.id, Clarification.answered_at.is_(None))
        .options(selectinload(Clarification.questions))
        .order_by(Clarification.id.desc())
        .limit(1)
    ).first()
