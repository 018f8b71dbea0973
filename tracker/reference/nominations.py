"""Until when States nominate for a session: in time until nominations close, late until its seats are being given; and
whether a seat of it can still be given.

Rooms that give seats answer whether a session's first round is prepared, and whether its account is closed; while none
answers, neither is.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.reference.models import Session

Answer = Callable[[int], bool]
_answers: list[Answer] = []
_closed: list[Answer] = []


def register(answer: Answer) -> None:
    """Let a room say of a session, by its id, whether a round of it is prepared or approved."""
    if answer not in _answers:
        _answers.append(answer)


def register_closed(answer: Answer) -> None:
    """Let a room say of a session, by its id, whether its account is closed."""
    if answer not in _closed:
        _closed.append(answer)


def rounds_prepared(session_id: int) -> bool:
    """Whether a round of a session is prepared or approved, so that no nomination is taken any more."""
    return any(answer(session_id) for answer in _answers)


def takes_late(session: Any, day: date) -> bool:
    """Whether a session takes nominations on a day although they have closed: it has not begun, and its seats are not
    being given yet."""
    begun = session.starts_on is not None and session.starts_on <= day
    closed = session.closing_on is not None and not _in_time(session, day)
    return closed and not begun and not rounds_prepared(session.id)


def must_take_place(session_id: int | None) -> None:
    """Raise Conflict when no seat of a session is given, offered or confirmed any more."""
    if (why := why_no_seat(session_id)) is not None:
        raise Conflict(why)


def why_no_seat(session_id: int | None) -> Any:
    """Why no seat of a session can be given, offered or confirmed, in a sentence: it was cancelled, is over, or its
    account is closed, also where its days were moved since. None when one can."""
    session = db.session.get(Session, session_id) if session_id is not None else None
    if session is None or session.status == "cancelled":
        return lazy("The session does not take place: no seat of it can be given or confirmed.")
    if session.ends_on is not None and session.ends_on < today():
        return lazy("The session is over: no seat of it can be given or confirmed.")
    if any(closed(session.id) for closed in _closed):
        return lazy("The account of this session is closed: no seat of it can be given or confirmed.")
    return None


def _in_time(session: Any, day: date) -> bool:
    return session.closing_on is not None and session.closing_on >= day


def sessions_that_take(day: date | None = None) -> list[Session]:
    """The planned sessions for which a State can nominate on a day, in time or late."""
    when = day or today()
    ahead = sa.or_(Session.closing_on >= when, Session.starts_on > when)
    statement = sa.select(Session).where(Session.status == "planned", Session.closing_on.is_not(None), ahead)
    found = db.session.scalars(statement.order_by(Session.starts_on, Session.code))
    return [one for one in found if _in_time(one, when) or takes_late(one, when)]
