"""Our own columns, for CSV and XLSX: those of the request's fields, and what a row needs beside them."""

from collections.abc import Iterator

from tracker.assistance.fields import table
from tracker.assistance.imported.incoming import Incoming
from tracker.imports.report import Done, Finding
from tracker.imports.tables import OUTSIDE, Row, fault_of_extra_cells
from tracker.languages.marking import N_

REQUIRED = frozenset({"id", "state", "title"})
# What stands beside the request's own fields; each at its place in the template.
_BEFORE = {
    "id": N_("identifier of the row in its source, unique"),
    "source": N_("name of the source (default: table)"),
    "state": N_("State: ISO code or name in one of the six languages"),
    "kind": N_("technical (default) or participation"),
}
_BEHIND = {
    "title": {"language": N_("language of the text: ar, zh, en, fr, ru, es (default en)")},
    "currency": {"submitted_on": N_("as starts_on")},
}
_LAST = {"marking": N_("unclassified (default), confidential or strictly_confidential")}


def _in_order() -> dict[str, str]:
    found = dict(_BEFORE)
    for column in table.columns():
        found |= {column.name: column.holds, **_BEHIND.get(column.name, {})}
    return found | _LAST


COLUMNS: dict[str, str] = _in_order()
"""What each column holds, in the order of the template; the page and the command's help print this."""
DAYS = ("starts_on", "ends_on", "submitted_on")
_SHOWN = 20  # unknown columns in a report
_LISTS = ("areas", "beneficiaries")
_WORDS = frozenset(table.text_columns()) - REQUIRED


def records(rows: list[Row]) -> Iterator[Incoming]:
    """Each row as a record; columns that are not ours are left out."""
    for number, cells in rows:
        known = {name: cells.get(name, "") for name in COLUMNS if cells.get(name, "").strip()}
        values: dict[str, object] = {
            name: [part for part in text.split("|") if part.strip()] if name in _LISTS else text
            for name, text in known.items()
            if name not in _WORDS | {"id", "source", "state", "title"}
        }
        yield Incoming(
            row=number,
            source=known.get("source", "table").strip(),
            source_id=known.get("id", "").strip(),
            state=known.get("state", ""),
            title=known.get("title", ""),
            words={name: text for name, text in known.items() if name in _WORDS},
            by_machine=False,
            faults=fault_of_extra_cells(cells),
            **values,  # type: ignore[arg-type]
        )


def unknown_columns(rows: list[Row]) -> list[Finding]:
    """A remark, with the first row, for each column that is not ours."""
    number, cells = rows[0]
    reason = N_("The column is not known and was left out.")
    unknown = [name for name in cells if name not in (*COLUMNS, OUTSIDE)]
    return [Finding(number, name[:40], reason, Done.CHANGED) for name in unknown[:_SHOWN]]
