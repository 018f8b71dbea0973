"""The messages of a request as both sides' pages show them: the newest, what waits for an answer, and the form."""

from typing import Any

from flask_babel import gettext

from tracker.assistance.message_kinds import EVENTS, IN_WORDS, KINDS, MessageKind, Side
from tracker.assistance.messages.words import MessageForm
from tracker.assistance.page import other_capabilities
from tracker.assistance.queries.request_lists import MESSAGES_SHOWN


def label(kind: str) -> str:
    """What a message of this kind is called."""
    return gettext(KINDS[MessageKind(kind)].label)


def newest(page: Any) -> tuple[list[Any], bool]:
    """The messages that a request's page shows, in the order in which they were written, and whether there are older
    ones. `page` has the lists of `request_lists.messages_on_page`."""
    rows = sorted(page.messages, key=lambda row: row.id)
    return rows[-MESSAGES_SHOWN:], len(rows) > MESSAGES_SHOWN


def read_by_office(request_id: int, rows: list[Any]) -> dict[int, Any]:
    """When the office read what the State wrote, by row id; nothing is asked where the State wrote nothing."""
    if not any(row.side == Side.STATE for row in rows):
        return {}
    return other_capabilities.read_by_office(request_id, EVENTS)


def owed_by(page: Any, side: Side) -> list[Any]:
    """The messages to which `side` owes an answer, the oldest first."""
    return [row for row in page.messages_owed if row.owed_by == side]


def asked_already(page: Any, kind: MessageKind) -> bool:
    """Whether a message of this kind still waits for its answer."""
    return any(row.kind == kind for row in page.messages_owed)


def form_for(rows: list[Any], owing: list[Any], refused: MessageForm | None = None) -> MessageForm:
    """The form for words, as it came back or empty. `rows` are the messages that stand above it, `owing` those that
    wait for an answer of the side that writes."""
    form = refused or MessageForm(formdata=None)
    stand_below(form, rows, owing, empty=refused is None)
    return form


def stand_below(form: MessageForm, rows: list[Any], owing: list[Any], *, empty: bool) -> None:
    """Let an `empty` form know what stands above it; ask whether it answers only where an answer is owed."""
    if empty:
        form.seen.data, form.answering.data = str(rows[-1].public_id) if rows else "", True
    if not any(row.kind in IN_WORDS for row in owing):
        del form.answering
