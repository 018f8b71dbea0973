"""What beat looks for once an hour: deadlines near and passed, nominations that close, seats that are to be
answered, instalments that fall due, first accounts that nobody gave.

A reminder is an event with a unique key, so that two beats, or one that comes back after days, say it once.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts import services as accounts
from tracker.accounts.models import Membership, Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.calendar import working_days
from tracker.calendar.now import VIENNA, now, today
from tracker.database.verbs import verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.participation.claims.services import remind_of_claims
from tracker.participation.offers import services as offers
from tracker.pledges import services as pledges
from tracker.reference import queries as reference
from tracker.reference.lifecycle import OFFERED, REQUEST_CLOCKS
from tracker.reference.models import Session
from tracker.rights.actor import Actor

SOON = 2
"""Working days before its end at which a clock of ten days or more is spoken of."""
LONG = 10
CHUNK = 500
Wanted = dict[str, tuple[str, int, dict[str, Any]]]
"""Unique key → name of the event, id of its subject, what it carries."""


def remind() -> int:
    """Record every reminder that is due and give their number. Safe to run twice."""
    of_requests = remind_of_clocks() + remind_of_nominations()
    of_seats = offers.remind() + remind_of_claims()
    return of_requests + of_seats + pledges.remind(now()) + accounts.remind_of_unanswered()


@verb(events=None)
def remind_of_clocks() -> int:
    """`clock.due_soon` shortly before a running clock's end; once it has passed, the clock's own event, and every week
    that goes by its weekly one."""
    horizon = working_days.end_of(working_days.add(today(), SOON, reference.holiday_dates()))
    running = db.session.execute(
        sa.select(Clock.id, Clock.name, Clock.due_at, Clock.working_days, Clock.request_id)
        .where(Clock.stopped_at.is_(None), Clock.due_at <= horizon, Clock.name.not_in(OFFERED))
        .order_by(Clock.due_at)
    )
    wanted: Wanted = {}
    for clock in running:
        due_on = clock.due_at.astimezone(VIENNA).date()
        facts = {"clock": clock.name, "due_on": due_on}
        if clock.due_at <= now():
            name, key = _passed(clock, due_on)
            wanted[key] = (name, clock.request_id, facts)
        elif clock.working_days >= LONG:
            wanted[f"clock.due_soon:{clock.id}:{due_on}"] = ("clock.due_soon", clock.request_id, facts)
    return _record_new(AssistanceRequest, wanted)


def _passed(clock: Any, due_on: date) -> tuple[str, str]:
    """The event that says that a clock's end has passed, and the key by which it is said once: of a clock with a weekly
    one that of the last whole week."""
    of_request, weeks = REQUEST_CLOCKS[clock.name], (today() - due_on).days // 7
    if of_request.weekly and weeks:
        return of_request.weekly, f"{of_request.weekly}:{clock.id}:{due_on}:{weeks}"
    name = of_request.passed or "clock.overdue"
    return name, f"{name}:{clock.id}:{due_on}"


@verb(events=None)
def remind_of_nominations() -> int:
    """`nomination.reminder` for each State that has not nominated, so many working days before a session closes."""
    marks = sorted(reference.reminder_days("nomination"))
    wanted: Wanted = {}
    for session in reference.sessions_open_for_nomination():
        mark = _mark_reached(session.closing_on, marks)
        if mark is None:
            continue
        for organisation_id in _not_nominated(session):
            key = f"nomination.reminder:{session.id}:{organisation_id}:{session.closing_on}:{mark}"
            wanted[key] = ("nomination.reminder", session.id, {"organisation_id": organisation_id, "days": mark})
    return _record_new(Session, wanted)


def _mark_reached(closing_on: date | None, marks: list[int]) -> int | None:
    """The smallest mark of working days within which the closing date lies, None before the first and after it."""
    if closing_on is None or closing_on < today():
        return None
    left = working_days.between(today(), closing_on, reference.holiday_dates())
    return next((mark for mark in marks if left <= mark), None)


def _not_nominated(session: Session) -> list[int]:
    """Active States with people, and without a request for this session that went beyond a draft."""
    nominated = sa.select(AssistanceRequest.organisation_id).where(
        AssistanceRequest.session_id == session.id,
        AssistanceRequest.kind == Kind.PARTICIPATION,
        AssistanceRequest.status.not_in((Status.DRAFT, Status.WITHDRAWN)),
    )
    peopled = sa.select(Membership.organisation_id).where(Membership.ended_at.is_(None))
    silent = sa.select(Organisation.id).where(
        Organisation.kind == "state",
        Organisation.active.is_(True),
        Organisation.id.in_(peopled),
        Organisation.id.not_in(nominated),
    )
    return list(db.session.scalars(silent.order_by(Organisation.id)))


def _record_new(model: type[Any], wanted: Wanted) -> int:
    """Record the reminders whose key is new, about rows of `model`; their number. Another beat that is quicker
    makes the whole turn fail, and the next turn finds what is left."""
    recorded = 0
    keys = list(wanted)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        said = set(db.session.scalars(sa.select(Event.once_key).where(Event.once_key.in_(chunk))))
        for key in chunk:
            name, subject_id, facts = wanted[key]
            if key not in said:
                record(name, db.session.get_one(model, subject_id), actor=Actor.system, once_key=key, **facts)
                recorded += 1
    return recorded
