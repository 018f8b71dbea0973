"""Our own columns, for CSV and XLSX. The same list stands in docs/operating.md and on the import page."""

from collections.abc import Iterator

from tracker.assistance.imports.incoming import Incoming
from tracker.i18n import N_
from tracker.intake.report import Done, Finding
from tracker.intake.tables import OUTSIDE, Row, beside

REQUIRED = frozenset({"id", "state", "title"})
# column: what it holds (docs and page print this; the order is the template's)
COLUMNS: dict[str, str] = {
    "id": N_("identifier of the row in its source, unique"),
    "source": N_("name of the source (default: table)"),
    "state": N_("State: ISO code or name in one of the six languages"),
    "kind": N_("technical (default) or participation"),
    "title": N_("title, at most 300 characters"),
    "language": N_("language of the text: ar, zh, en, fr, ru, es (default en)"),
    "areas": N_("codes of areas, joined by |"),
    "beneficiaries": N_("national authorities, joined by |"),
    "problem": N_("text"),
    "objectives": N_("text"),
    "expected_results": N_("text"),
    "human_rights": N_("text"),
    "earlier_assistance": N_("text"),
    "place": N_("text"),
    "starts_on": N_("YYYY-MM-DD, or 31/12/2026 where the table shows or somebody says what comes first"),
    "ends_on": N_("as starts_on"),
    "amount": N_("amount asked, above zero"),
    "currency": N_("ISO 4217 code, needed with an amount"),
    "submitted_on": N_("as starts_on"),
    "session": N_("code of the session, for participation"),
    "marking": N_("unclassified (default), confidential or strictly_confidential"),
}
DAYS = ("starts_on", "ends_on", "submitted_on")
_SHOWN = 20  # unknown columns in a report
_LISTS = ("areas", "beneficiaries")


def records(rows: list[Row]) -> Iterator[Incoming]:
    """Each row as a record; columns that are not ours are left out."""
    for number, cells in rows:
        known = {name: cells.get(name, "") for name in COLUMNS if cells.get(name, "").strip()}
        values: dict[str, object] = {
            name: [part for part in text.split("|") if part.strip()] if name in _LISTS else text
            for name, text in known.items()
            if name not in ("id", "source", "state", "title")
        }
        yield Incoming(
            row=number,
            source=known.get("source", "table").strip(),
            source_id=known.get("id", "").strip(),
            state=known.get("state", ""),
            title=known.get("title", ""),
            by_machine=False,
            faults=beside(cells),
            **values,  # type: ignore[arg-type]
        )


def unknown_columns(rows: list[Row]) -> list[Finding]:
    """A remark, with the first row, for each column that is not ours."""
    number, cells = rows[0]
    reason = N_("The column is not known and was left out.")
    unknown = [name for name in cells if name not in (*COLUMNS, OUTSIDE)]
    return [Finding(number, name[:40], reason, Done.CHANGED) for name in unknown[:_SHOWN]]
