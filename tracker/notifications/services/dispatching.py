"""Expanding events into deliveries, each event once, however many dispatchers there are."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite

from tracker.accounts.services import tell_codes
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.models import Dispatch, DispatchMark
from tracker.notifications.services.reaching import reached_in_a_demonstration, say_missed
from tracker.notifications.services.telling import tell

log = structlog.get_logger()
BATCH = 20
"""Events for one transaction: short enough not to keep other writers waiting on SQLite."""
SETTLED = timedelta(hours=1)
"""No transaction lives that long, so below an event of this age none can appear any more."""

_muted: ContextVar[bool] = ContextVar("notifications_muted", default=False)


@contextmanager
def suppressed() -> Iterator[None]:
    """Have what is recorded inside the block shown in the application, but mailed to nobody (demonstration data)."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def mute_or_leave(event: Event, _subject: Any, _actor: Any) -> None:
    """Reaction to every listed event: inside `suppressed()` it is expanded at once, with its mail suppressed."""
    if _muted.get() and _won(event.id):
        expand(event, muted=True)


def dispatch() -> int:
    """Expand every event that waits; give their number. An event that cannot be expanded is logged, left for
    the next sweep, and does not keep the others. Codes to sign in with become events first."""
    tell_codes()
    done, after = 0, 0
    while True:
        with transaction():
            events = _waiting(after)
            done += sum(_expand_apart(event) for event in events)
            if len(events) < BATCH:
                _move_mark()
        if len(events) < BATCH:
            return done
        after = events[-1].id


def _waiting(after: int) -> Sequence[Event]:
    mark = sa.select(sa.func.coalesce(sa.func.max(DispatchMark.event_id), 0)).scalar_subquery()
    dispatched = sa.exists().where(Dispatch.event_id == Event.id)
    return db.session.scalars(
        sa.select(Event).where(Event.id > mark, Event.id > after, ~dispatched).order_by(Event.id).limit(BATCH)
    ).all()


def _expand_apart(event: Event) -> bool:
    """Expand one event in a savepoint of its own."""
    name, event_id = event.name, event.id
    try:
        with db.session.begin_nested():
            if not _won(event_id):
                return False
            expand(event)
    except Exception:
        log.exception("event not expanded", event_id=event_id, name=name)
        return False
    return True


def _won(event_id: int) -> bool:
    """Insert the row of dispatch; whoever inserts it expands the event. Gives whether it was inserted here."""
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    mark = insert(Dispatch).values(event_id=event_id, at=now()).on_conflict_do_nothing().returning(Dispatch.event_id)
    return db.session.scalar(mark) is not None


def _move_mark() -> None:
    """Let the next search begin above the settled events, when all of them are dispatched."""
    dispatched = sa.exists().where(Dispatch.event_id == Event.id)
    mark = db.session.get(DispatchMark, 1)
    seen = mark.event_id if mark else 0
    newest = db.session.scalar(sa.select(sa.func.max(Event.id)).where(Event.id > seen, Event.at < now() - SETTLED))
    if newest is None:
        return
    open_ = db.session.scalar(sa.select(sa.func.min(Event.id)).where(Event.id > seen, Event.id <= newest, ~dispatched))
    reached = newest if open_ is None else open_ - 1
    if mark is None:
        db.session.add(DispatchMark(id=1, event_id=reached))
    elif reached > seen:
        mark.event_id = reached


def expand(event: Event, *, muted: bool = False) -> None:
    """Write the deliveries of one event; wakes a sender after the commit. Where nobody of its State is left to tell,
    the request says so."""
    say_missed(event, tell(event, muted=muted))
    if muted:
        reached_in_a_demonstration(event)
