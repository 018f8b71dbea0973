"""Which requests an actor may see. A row that is not visible and a row that is not there are the same: NotFound."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.accounts.models import Membership, Person
from tracker.assistance.lifecycle import Marking, Status
from tracker.assistance.models import AssistanceRequest, Clarification, Clock, CoDrafter, Decision, Recusal
from tracker.database import BigId
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.policy import REQUEST_READERS, SECRET_READERS, Actor

R = AssistanceRequest


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The condition under which a request is the actor's to see (product.md, "Who may see what").

    A State sees its own; its drafts only their office, invited co-drafters and the authority. Staff see a
    request from its first submission, a strictly confidential one only as assigned officer, manager or
    auditor. The administrator sees no request content. Donors and the public read through their own
    queries, which know consent.
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
    mine = sa.or_(R.office_id == actor.office_id, R.drafter_id == actor.person_id, invited)
    return sa.and_(own, sa.or_(R.status != Status.DRAFT, mine))


def _for_staff(actor: Actor) -> sa.ColumnElement[bool]:
    arrived = R.submitted_at.is_not(None)
    if actor.has(*SECRET_READERS):
        return arrived
    open_to_all = R.marking != Marking.STRICTLY_CONFIDENTIAL
    return sa.and_(arrived, sa.or_(open_to_all, R.assigned_to_id == actor.person_id))


def get_visible(public_id: uuid.UUID, actor: Actor, *options: Any) -> AssistanceRequest:
    """The request with what the rules need (recusals, one-person States, decisions); NotFound when not visible.

    Two statements. `options` are loader options for what the caller shows.
    """
    statement = sa.select(R).where(R.public_id == public_id, visible_to(actor)).options(*options)
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    _attach_rule_facts(found)
    return found


@cache
def _rule_facts() -> sa.Select[Any]:
    """Built once: every page and every act on a request asks this."""
    here = sa.bindparam("request_id", type_=BigId)
    people = (
        sa.select(sa.func.count(sa.distinct(Membership.person_id)))
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == sa.bindparam("organisation_id"),
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .scalar_subquery()
    )
    recused = (
        sa.select(sa.func.aggregate_strings(sa.cast(Recusal.person_id, sa.String), ","))
        .where(Recusal.request_id == here)
        .scalar_subquery()
    )
    open_to_signature = sa.and_(Decision.signed_at.is_(None), Decision.dropped_at.is_(None))
    wanted = sa.or_(Decision.id == sa.bindparam("decision_id"), open_to_signature)
    return (
        sa.select(people, recused, Decision)
        .select_from(sa.select(sa.literal(1).label("one")).subquery())
        .outerjoin(Decision, sa.and_(Decision.request_id == here, wanted))
    )


def _attach_rule_facts(assistance_request: AssistanceRequest) -> None:
    """Facts that policies ask for, in one statement: who recused, whether the State has one person, decisions."""
    ids = {
        "request_id": assistance_request.id,
        "organisation_id": assistance_request.organisation_id,
        "decision_id": assistance_request.decision_id,
    }
    rows = db.session.execute(_rule_facts(), ids).all()
    assistance_request.single_person = rows[0][0] <= 1
    assistance_request.recused_ids = frozenset(int(i) for i in (rows[0][1] or "").split(",") if i)
    decisions = [row[2] for row in rows if row[2] is not None]
    assistance_request.decision = next((d for d in decisions if d.id == assistance_request.decision_id), None)
    assistance_request.prepared_decision = next((d for d in decisions if d.signed_at is None), None)


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


def reopen_until(assistance_request: AssistanceRequest) -> datetime | None:
    """Until when the State may ask for a second look; None when no such clock runs."""
    return db.session.scalar(
        sa.select(Clock.due_at).where(
            Clock.request_id == assistance_request.id, Clock.name == "reopen", Clock.stopped_at.is_(None)
        )
    )
