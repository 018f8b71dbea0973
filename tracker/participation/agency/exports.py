"""The refunds that are expected from the agency as a list that can be taken away as a file."""

from tracker.documents.lists import Filters, Line, Listed, ListKind
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation.agency import refunds
from tracker.participation.agency.presenting import refunds_table
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_READERS, Actor


def _refunds(actor: Actor, parts: Filters, limit: int) -> Listed:
    code = parts.get("session", "").strip()
    session = reference.get_session(code) if code else None
    rows = (refunds.of_session(session, actor) if session is not None else refunds.expected(actor))[:limit]
    table = refunds_table(rows)
    found = tuple(Line(cells, one.request.marking) for cells, one in zip(table.rows, rows, strict=True))
    return Listed(table.columns, found, titled=session.title(current_language()) if session else "")


EXPORTED = (
    ListKind(
        "refunds",
        lazy("Refunds expected from the agency"),
        "participation.agency_refunds",
        TRAVEL_READERS,
        _refunds,
        filters=("session",),
    ),
)
