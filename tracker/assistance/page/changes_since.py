"""What happened to a request while a person had its page open: said when what they send is refused."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.assistance import history, queries
from tracker.web.access import current_actor
from tracker.web.forms import UNSEEN, read_version

MOST = 5


def of_the_page() -> list[history.Line]:
    """The newest of the history since the version that the refused form carries; nothing when nothing has changed."""
    public_id = (request.view_args or {}).get("public_id")
    if public_id is None:
        return []
    found = queries.get_visible(public_id, current_actor())
    seen = read_version(request.form.get("version"))
    return newest(found, found.version - seen) if seen != UNSEEN else []


def newest(found: Any, number: int) -> list[history.Line]:
    """The last `number` changes of a request at most, newest first. A change that the history does not tell of is
    said to be one, without a name."""
    if number < 1:
        return []
    for_staff = current_actor().is_staff
    events = queries.newest_events(found, min(number, MOST), for_staff=for_staff)
    lines = history.lines(found, events, by=_colleague if for_staff else history.who)
    if events and events[0].at >= found.updated_at:
        return lines
    changed = history.Line(_("Something in it was changed"), "", found.updated_at)
    return [changed, *lines[: number - 1]]


def _colleague(event: Any) -> str:
    """Who acted, as the office reads it."""
    return event.person or history.who(event)
