"""What beat looks for once an hour: deadlines near and passed, nominations that close, instalments that fall due.

A reminder is an event with a unique key, so that two beats, or one that comes back after days, say it once.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import working_days
from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.database import transaction, verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.now import VIENNA, now, today
from tracker.pledges import services as pledges
from tracker.policy import Actor
from tracker.reference import queries as reference
from tracker.reference.models import Session

SOON = 2
"""Working days before its end at which a clock of ten days or more is spoken of."""
LONG = 10
NOT_TOLD = ("reopen",)
"""Clocks that are shown on the page only."""


def remind() -> int:
    """Record every reminder that is due and give their number. Safe to run twice."""
    return remind_of_clocks() + remind_of_nominations() + pledges.remind(now())


@verb(events=None)
def remind_of_clocks() -> int:
    """`clock.due_soon` shortly before a running clock's end, `clock.overdue` once it has passed."""
    horizon = working_days.end_of(working_days.add(today(), SOON, reference.holiday_dates()))
    running = db.session.execute(
        sa.select(Clock, AssistanceRequest)
        .join(AssistanceRequest, AssistanceRequest.id == Clock.request_id)
        .where(Clock.stopped_at.is_(None), Clock.due_at <= horizon, Clock.name.not_in(NOT_TOLD))
        .order_by(Clock.due_at)
    ).all()
    wanted: dict[str, tuple[str, AssistanceRequest, dict[str, Any]]] = {}
    for clock, assistance_request in running:
        if clock.due_at is None:
            continue
        due_on = clock.due_at.astimezone(VIENNA).date()
        facts = {"clock": clock.name, "due_on": due_on}
        if clock.due_at <= now():
            wanted[f"clock.overdue:{clock.id}:{due_on}"] = ("clock.overdue", assistance_request, facts)
        elif clock.working_days >= LONG:
            wanted[f"clock.due_soon:{clock.id}:{due_on}"] = ("clock.due_soon", assistance_request, facts)
    return _record_new(wanted)


@verb(events=None)
def remind_of_nominations() -> int:
    """`nomination.reminder` for each State that has not nominated, so many working days before a session closes."""
    marks = sorted(reference.reminder_days("nomination"))
    wanted: dict[str, tuple[str, Session, dict[str, Any]]] = {}
    for session in reference.sessions_open_for_nomination():
        mark = _mark_reached(session.closing_on, marks)
        if mark is None:
            continue
        for organisation_id in _not_nominated(session):
            key = f"nomination.reminder:{session.id}:{organisation_id}:{session.closing_on}:{mark}"
            wanted[key] = ("nomination.reminder", session, {"organisation_id": organisation_id, "days": mark})
    return _record_new(wanted)


def _mark_reached(closing_on: date | None, marks: list[int]) -> int | None:
    """The smallest mark of working days within which the closing date lies, None before the first and after it."""
    if closing_on is None or closing_on < today():
        return None
    left = working_days.between(today(), closing_on, reference.holiday_dates())
    return next((mark for mark in marks if left <= mark), None)


def _not_nominated(session: Session) -> list[int]:
    """Active States without a request for this session that went beyond a draft."""
    nominated = sa.select(AssistanceRequest.organisation_id).where(
        AssistanceRequest.session_id == session.id,
        AssistanceRequest.kind == Kind.PARTICIPATION,
        AssistanceRequest.status.not_in((Status.DRAFT, Status.WITHDRAWN)),
    )
    return list(
        db.session.scalars(
            sa.select(Organisation.id)
            .where(Organisation.kind == "state", Organisation.active.is_(True), Organisation.id.not_in(nominated))
            .order_by(Organisation.id)
        )
    )


def _record_new(wanted: dict[str, tuple[str, Any, dict[str, Any]]]) -> int:
    """Record the reminders whose key is new. Another beat that is quicker makes the whole turn fail, and the next
    turn finds what is left."""
    said = set(db.session.scalars(sa.select(Event.once_key).where(Event.once_key.in_(wanted)))) if wanted else set()
    with transaction():
        for key, (name, subject, facts) in wanted.items():
            if key not in said:
                record(name, subject, actor=Actor.system, once_key=key, **facts)
    return len(wanted.keys() - said)
