"""Our own columns, for CSV and XLSX. The same list stands in docs/operating.md and on the import page."""

from collections.abc import Iterator

from tracker.assistance.imports.incoming import Incoming, Said
from tracker.i18n import N_
from tracker.intake.tables import OUTSIDE, beside

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
    "starts_on": N_("YYYY-MM-DD"),
    "ends_on": N_("YYYY-MM-DD"),
    "amount": N_("amount asked, above zero"),
    "currency": N_("ISO 4217 code, needed with an amount"),
    "submitted_on": N_("YYYY-MM-DD"),
    "session": N_("code of the session, for participation"),
    "marking": N_("unclassified (default), confidential or strictly_confidential"),
}
_SHOWN = 20  # unknown columns in a report
_LISTS = ("areas", "beneficiaries")


def records(rows: list[tuple[int, dict[str, str]]]) -> Iterator[Incoming]:
    """Each row as a record; columns that are not ours are left out, which is said with the first row."""
    changes = _unknown(rows[0][1])
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
            changes=changes,
            **values,  # type: ignore[arg-type]
        )
        changes = []


def _unknown(cells: dict[str, str]) -> list[Said]:
    reason = N_("The column is not known and was left out.")
    unknown = [name for name in cells if name not in (*COLUMNS, OUTSIDE)]
    return [(name[:40], reason, {}) for name in unknown[:_SHOWN]]
