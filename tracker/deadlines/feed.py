"""Deadlines as entries of a calendar."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Response, url_for

from tracker.calendar.now import now
from tracker.deadlines.sources import Deadline
from tracker.documents import Entry, as_icalendar
from tracker.languages.choosing import current_language
from tracker.reference.models import Session
from tracker.web.application import settings


def entry_of(deadline: Deadline) -> Entry:
    """A deadline as a whole day; a calendar is read by others too, so it says no more than a mail does."""
    about = deadline.about if deadline.about_outside else ""
    return Entry(
        key=deadline.key,
        title=": ".join(part for part in (about, deadline.title) if part),
        first=deadline.day,
        last=deadline.day,
        changed_at=deadline.changed_at or now(),
        url=f"{settings().base_url}{url_for(deadline.endpoint, **deadline.values)}",
    )


def days_of(session: Session) -> Entry:
    """The days of a session. Raises ValueError while its first day is not known."""
    if session.starts_on is None:
        raise ValueError("a session without days has no place in a calendar")
    language = current_language()
    return Entry(
        key=f"session-{session.code}",
        title=session.title(language),
        first=session.starts_on,
        last=session.ends_on or session.starts_on,
        changed_at=now(),
        url=f"{settings().base_url}{url_for('sessions.show', code=session.code)}",
        place=session.place(language) or "",
    )


def calendar(entries: Iterable[Entry], *, name: str, language: str) -> Response:
    """The answer that a calendar reads."""
    host = urlsplit(settings().base_url).hostname or "localhost"
    answer = Response(as_icalendar(entries, name=name, language=language, host=host), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer
