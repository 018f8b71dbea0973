"""The queue as CSV. A cell that a spreadsheet would take for a formula becomes text; numbers stay numbers."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tracker.i18n import current_language
from tracker.money import to_major
from tracker.participation.queries import sizes_of
from tracker.reference.names import state_name
from tracker.triage.presenting import kind_label, marking_label, status_label

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: Any) -> Any:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_csv(rows: Iterable[Any]) -> str:
    """The rows of the queue as a file in the reader's language, with a mark that spreadsheets read as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            *(_("Reference"), _("Title"), _("Kind"), _("State"), _("State code"), _("Status"), _("Marking")),
            *(_("Received"), _("Due"), _("Asked, USD"), _("Asked"), _("Currency"), _("Officer")),
            *(_("Delegates"), _("Alternates")),
        ]
    )
    rows = list(rows)
    sizes = sizes_of(rows)
    for row in rows:
        size = sizes.get(row.public_id)
        people = [size.delegates, size.alternates] if size else ["", ""]
        writer.writerow([as_text(cell) for cell in _cells(row) + people])
    return "\ufeff" + out.getvalue()


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
