"""Running clocks of requests as deadlines: for a State of its own requests, for the office of those in its hands."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.assistance.queries import visible_to
from tracker.calendar.working_days import day_of, end_of
from tracker.deadlines.sources import Deadline, Window
from tracker.extensions import db
from tracker.reference.lifecycle import REQUEST_CLOCKS
from tracker.rights.actor import REQUEST_OFFICERS, Actor

R = AssistanceRequest


def running_clocks(actor: Actor, window: Window) -> Iterator[Deadline]:
    """Every running clock of the requests that are the actor's to act on, in one statement; a State reads the office's
    clocks of its requests too."""
    whose = _whose(actor)
    if whose is None:
        return
    statement = (
        sa.select(Clock.id, Clock.name, Clock.due_at, Clock.started_at, R.public_id, R.reference, R.marking)
        .join(R, R.id == Clock.request_id)
        .where(Clock.stopped_at.is_(None), Clock.due_at.between(end_of(window.first), end_of(window.last)))
        .where(visible_to(actor), whose)
        .order_by(Clock.due_at, Clock.id)
        .limit(window.most)
    )
    for row in db.session.execute(statement):
        yield _deadline(row, actor)


def _whose(actor: Actor) -> sa.ColumnElement[bool] | None:
    """Which of the visible requests: all of one's State; in the office those that one has in hand or nobody has, and
    all of them for who signs."""
    if actor.is_state or actor.has("programme_manager"):
        return sa.true()
    if not actor.has(*REQUEST_OFFICERS):
        return None
    return sa.or_(R.assigned_to_id.in_(actor.and_whom_they_stand_in_for), R.assigned_to_id.is_(None))


def _deadline(row: Any, actor: Actor) -> Deadline:
    clock = REQUEST_CLOCKS[row.name]
    of_the_reader = (clock.side == "state") == actor.is_state
    return Deadline(
        key=f"clock-{row.id}",
        day=day_of(row.due_at),
        title=_(clock.label),
        about=row.reference or _("Draft"),
        endpoint="assistance.show" if actor.is_state else "triage.request",
        values={"public_id": row.public_id},
        whose="" if of_the_reader else _("The State") if clock.side == "state" else _("UNODC"),
        changed_at=row.started_at,
        about_outside=row.marking != Marking.STRICTLY_CONFIDENTIAL,
    )
