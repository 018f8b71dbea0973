"""The queue as a table for spreadsheets."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.money import to_major
from tracker.participation.queries import sizes_of
from tracker.reference.names import state_name
from tracker.triage.presenting import kind_label, marking_label, status_label


def table_of(rows: Iterable[Any]) -> list[list[Any]]:
    """The rows of the queue as lines of a table in the reader's language, below their heads."""
    heads = [
        *(_("Reference"), _("Title"), _("Kind"), _("State"), _("State code"), _("Status"), _("Marking")),
        *(_("Received"), _("Due"), _("Asked, USD"), _("Asked"), _("Currency"), _("Officer")),
        *(_("Delegates"), _("Alternates")),
    ]
    rows = list(rows)
    sizes = sizes_of(rows)
    return [heads, *(_cells(row) + _people(sizes.get(row.public_id)) for row in rows)]


def _people(size: Any) -> list[Any]:
    return [size.delegates, size.alternates] if size else ["", ""]


def _cells(row: Any) -> list[Any]:
    dollars = to_major(row.amount_usd_minor, "USD") if row.amount_usd_minor is not None else ""
    asked = to_major(row.amount_minor, row.currency) if row.amount_minor is not None else ""
    return [
        row.reference or "",
        row.title,
        kind_label(row.kind),
        state_name(row.state_iso3, current_language()) or row.organisation,
        row.state_iso3 or "",
        status_label(row.status),
        marking_label(row.marking),
        row.submitted_at.isoformat() if row.submitted_at else "",
        row.due_at.isoformat() if row.due_at else "",
        dollars,
        asked,
        row.currency,
        row.officer or "",
    ]
