"""Reading the messages of one request: one of them, those that wait for an answer, and the thread page by page."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.assistance.message_kinds import MessageKind, Side
from tracker.assistance.models import Activity, AssistanceRequest, Message
from tracker.assistance.queries import request_lists
from tracker.database.paging import Key, beyond, read_cursor, write_cursor
from tracker.errors import NotFound
from tracker.extensions import db

PAGE = 20
KEYS = (Key(Message.id, descending=True),)


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in the order in which they were written, with the cursors of older and newer ones."""

    rows: list[Any]
    older: str
    newer: str


def message_of(assistance_request: AssistanceRequest, public_id: uuid.UUID | None) -> Any:
    """One message of a request that the actor may see, as lists show it. Raises NotFound."""
    statement = request_lists.messages(assistance_request.id).where(Message.public_id == public_id)
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def owed(
    assistance_request: AssistanceRequest, by: Side, kinds: Collection[MessageKind], up_to: uuid.UUID | None = None
) -> list[Any]:
    """The messages of these kinds to which `by` owes an answer, the oldest first, with who wrote them; with `up_to`
    those only that were there when the message of this id was the newest."""
    statement = (
        sa.select(Message.id, Message.kind, Message.written_by_id)
        .where(Message.request_id == assistance_request.id, Message.owed_by == by, Message.kind.in_(sorted(kinds)))
        .where(request_lists.is_owed())
        .order_by(Message.id)
    )
    if up_to is not None:
        newest = sa.select(Message.id).where(Message.request_id == assistance_request.id, Message.public_id == up_to)
        statement = statement.where(Message.id <= newest.scalar_subquery())
    return list(db.session.execute(statement))


def thread(assistance_request: AssistanceRequest, *, before: str = "", after: str = "") -> Page:
    """One page of the messages; the newest when no cursor says where. `before` leads to older ones."""
    cursor = read_cursor(before or after, KEYS) if before or after else None
    upwards = bool(after) and not before and cursor is not None
    statement = request_lists.messages(assistance_request.id)
    if cursor is not None:
        statement = statement.where(beyond(KEYS, cursor, backwards=upwards))
    order = [key.order(upwards) for key in KEYS]
    rows = list(db.session.execute(statement.order_by(None).order_by(*order).limit(PAGE + 1)))
    more, rows = len(rows) > PAGE, rows[:PAGE]
    rows = rows if upwards else rows[::-1]
    if not rows:
        return Page([], "", "")
    has_older, has_newer = (True, more) if upwards else (more, cursor is not None)
    return Page(
        rows,
        write_cursor([rows[0].id]) if has_older else "",
        write_cursor([rows[-1].id]) if has_newer else "",
    )


def delivered_activities(assistance_request: AssistanceRequest) -> list[Any]:
    """What was given so far: public id, title and day."""
    columns = (Activity.id, Activity.public_id, Activity.title, Activity.delivered_on)
    given = Activity.request_id == assistance_request.id, Activity.delivered_on.is_not(None)
    return list(db.session.execute(sa.select(*columns).where(*given).order_by(Activity.id)))
