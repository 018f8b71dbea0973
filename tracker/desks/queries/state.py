"""What a State's people have to do and what happened lately: all lists of the desk in one statement."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Office, Organisation, Person
from tracker.assistance import history
from tracker.assistance.lifecycle import OPEN, Status
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Clarification,
    CoDrafter,
    Confirmation,
    Message,
    Question,
)
from tracker.assistance.queries import request_lists
from tracker.assistance.queries.nobody import is_left_draft
from tracker.assistance.queries.visible import visible_to
from tracker.calendar.now import today
from tracker.database.one_statement import read_in_one_statement
from tracker.events import Event
from tracker.reference.models import Holiday, Session
from tracker.rights.actor import REQUEST_WRITERS, Actor

R = AssistanceRequest
MOST_TASKS = 8
MOST_RECENT = 6
COUNTED = 1_000
"""Counts stop here."""

Query = sa.Select[*tuple[Any, ...]]


def desk_of(actor: Actor, **more: Query) -> Any:
    """Tasks, figures, people and recent events of the actor's State; `more` selects join the same statement."""
    own = sa.and_(visible_to(actor), R.organisation_id == actor.organisation_id)
    mine = own if actor.has(*REQUEST_WRITERS) else sa.false()
    found = read_in_one_statement(
        state=sa.select(Organisation.public_id, Organisation.name, Organisation.state_iso3).where(
            Organisation.id == actor.organisation_id
        ),
        drafts=_drafts(own, actor),
        to_authorise=_in_status(own, Status.AWAITING_AUTHORISATION),
        to_answer=_to_answer(mine, actor),
        to_confirm=_to_confirm(mine),
        to_reply=_to_reply(mine),
        open=sa.select(sa.func.count().label("number")).select_from(
            sa.select(R.id).where(own, R.status.in_(sorted(OPEN))).limit(COUNTED + 1).subquery()
        ),
        meeting=_next_meeting(),
        people=_people(actor),
        recent=_recent(own),
        holidays=sa.select(Holiday.day).where(Holiday.ended_at.is_(None), Holiday.day >= today()),
        **more,
    )
    desk = SimpleNamespace(**found)
    desk.state = desk.state[0] if desk.state else None
    desk.open = desk.open[0].number
    desk.meeting = desk.meeting[0] if desk.meeting else None
    desk.holidays = frozenset(row.day for row in desk.holidays)
    desk.recent.sort(key=lambda row: -row.event_id)
    desk.people.sort(key=lambda row: (row.role, row.deputy, row.office or "", row.name))
    for name in ("to_answer", "to_authorise", "to_confirm", "to_reply", "drafts"):
        getattr(desk, name).sort(key=lambda row: row.since)
    return desk


def _columns(*more: Any) -> list[Any]:
    return [R.public_id, R.reference, R.title, R.kind, R.language, *more]


def _drafts(own: Any, actor: Actor) -> Query:
    """Drafts of the actor and of their office and those to which they were invited, the last changed first; for the
    authority those too that nobody is left to write."""
    invited = sa.exists().where(CoDrafter.request_id == R.id, CoDrafter.person_id == actor.person_id)
    mine = sa.or_(R.drafter_id.in_(actor.and_whom_they_stand_in_for), R.office_id == actor.office_id, invited)
    if actor.has("authorising_officer"):
        mine = sa.or_(mine, is_left_draft())
    return (
        sa.select(*_columns(R.updated_at.label("since"), R.return_reason))
        .where(own, R.status == Status.DRAFT, mine)
        .order_by(R.updated_at.desc())
        .limit(MOST_TASKS)
    )


def _in_status(own: Any, status: Status) -> Query:
    return (
        sa.select(*_columns(R.waits_since.label("since"), R.due_at, R.drafter_id))
        .where(own, R.status == status)
        .order_by(R.waits_since)
        .limit(MOST_TASKS)
    )


def _to_answer(own: Any, actor: Actor) -> Query:
    """Requests with open questions, and how many there are. Answers that were handed to the authority wait for it
    alone."""
    unanswered = Clarification.request_id == R.id, Clarification.answered_at.is_(None)
    handed_over = sa.select(sa.func.max(Clarification.handed_over_at)).where(*unanswered).correlate(R).scalar_subquery()
    for_this_actor = sa.true() if actor.has("authorising_officer") else handed_over.is_(None)
    number = (
        sa.select(sa.func.count())
        .select_from(Question)
        .join(Clarification, Clarification.id == Question.clarification_id)
        .where(*unanswered)
        .correlate(R)
        .scalar_subquery()
    )
    return (
        sa.select(*_columns(R.status_since.label("since"), R.due_at, number.label("number")))
        .add_columns(handed_over.label("handed_over_at"))
        .where(own, R.status == Status.CLARIFICATION, for_this_actor)
        .order_by(R.status_since)
        .limit(MOST_TASKS)
    )


def _to_confirm(own: Any) -> Query:
    """Activities that were delivered and wait for the State's word."""
    return (
        sa.select(
            *_columns(
                Activity.recorded_at.label("since"),
                Activity.public_id.label("activity_id"),
                Activity.title.label("activity"),
                Activity.delivered_on,
            )
        )
        .join(Activity, Activity.request_id == R.id)
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .where(
            own,
            R.status.in_([Status.IN_IMPLEMENTATION, Status.COMPLETED]),
            Activity.delivered_on.is_not(None),
            Confirmation.id.is_(None),
        )
        .order_by(Activity.recorded_at)
        .limit(MOST_TASKS)
    )


def _to_reply(own: Any) -> Query:
    """Requests on which the office asked for an answer with a message."""
    asked = sa.select(Message.request_id, sa.func.min(Message.written_at).label("since")).where(
        Message.owed_by == Side.STATE, request_lists.is_owed()
    )
    waiting = asked.group_by(Message.request_id).subquery()
    return (
        sa.select(*_columns(waiting.c.since))
        .join(waiting, waiting.c.request_id == R.id)
        .where(own)
        .order_by(waiting.c.since)
        .limit(MOST_TASKS)
    )


def _next_meeting() -> Query:
    """The session whose nominations close next."""
    return (
        sa.select(
            Session.id,
            Session.code,
            Session.title_en,
            Session.title_fr,
            Session.city,
            Session.city_fr,
            Session.starts_on,
            Session.ends_on,
            Session.closing_on,
            Session.seats_per_state,
        )
        .where(Session.status == "planned", Session.closing_on >= today())
        .order_by(Session.closing_on)
        .limit(1)
    )


def _people(actor: Actor) -> Query:
    """Who can act for the State: focal points and authorising officers with their offices."""
    return (
        sa.select(Person.name, Membership.deputy, MembershipRole.role, Office.name.label("office"))
        .join(Membership, Membership.person_id == Person.id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .outerjoin(Office, Office.id == Membership.office_id)
        .where(
            Membership.organisation_id == actor.organisation_id,
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
            MembershipRole.role.in_(REQUEST_WRITERS),
        )
        .limit(50)
    )


def _recent(own: Any) -> Query:
    """The newest events of the State's requests, with what they are about."""
    return (
        sa.select(Event.id.label("event_id"), Event.name, Event.at, R.public_id, R.reference, R.title, R.language)
        .join(R, sa.and_(R.id == Event.subject_id, Event.subject_type == R.__event_subject__))
        .where(own, Event.organisation_id == R.organisation_id, Event.name.in_(history.milestones()))
        .order_by(Event.id.desc())
        .limit(MOST_RECENT)
    )
