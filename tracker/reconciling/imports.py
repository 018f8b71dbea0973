"""What becomes of the rows of a file: kept, kept already, standing twice, or wrong."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files.damaged import refused_when_damaged
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source
from tracker.imports.report import Done, Finding, Records, Report, Sample
from tracker.imports.runs import Progress, no_progress
from tracker.imports.tables import table_rows
from tracker.languages.marking import N_, lazy
from tracker.reconciling import camt, queries
from tracker.reconciling.columns import DAYS, MOST_ROWS, Stated, by_column, check
from tracker.reconciling.models import FinanceEntry, FinanceSource

_PART = 500
_AGAIN = N_("The same entry stands above it in the file.")
_TWICE = N_("The number of this entry stands above it in the file with other figures; the first was taken.")
_STANDS = N_("The number of this entry stands here with other figures from an earlier file, which is not changed.")


class EntryRows(Records):
    """The entries of a file with the source that they are from; `is_bank`: of a statement of a bank."""

    def __init__(self, rows: Iterable[Any], notes: Iterable[Finding], source: FinanceSource, *, is_bank: bool) -> None:
        super().__init__(rows, notes)
        self.source_id, self.sign, self.currency, self.name = source.id, source.sign, source.currency, source.name
        self.is_bank = is_bank


@refused_when_damaged()
def read(source: Source) -> EntryRows:
    """The rows of a file. Raises Invalid when the source is not known, or the file has other columns than it says."""
    known = queries.find_source(source.hints.source)
    if known is None:
        raise Invalid(lazy("Choose the system that the file is from."))
    if source.type == "xml":
        return _few_enough(EntryRows(camt.items(source), (), known, is_bank=True))
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("Entries are read from a table (CSV or XLSX) or from a bank’s camt.053."))
    if not known.columns:
        raise Invalid(lazy("Say first under which headings a table of this system has what."))
    rows = by_column(list(table_rows(source, [name for name in known.columns.values() if name])), known.columns)
    return _few_enough(EntryRows(rows, rewrite_days(rows, DAYS, source.hints.dates), known, is_bank=False))


def _few_enough(rows: EntryRows) -> EntryRows:
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    if len(rows) > MOST_ROWS:
        raise Invalid(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    return rows


@dataclass
class Sorted:
    """The report on a file, and its new entries by their keys."""

    report: Report
    new: dict[str, Stated] = field(default_factory=dict)

    def refuse(self, row: int, done: Done, reason: str) -> None:
        """One more row that is not taken, and why."""
        self.report.count(done)
        self.report.remark(Finding(row, "row", reason, done))


def sort_out(rows: EntryRows, run_id: int | None = None, *, progress: Progress = no_progress) -> Sorted:
    """What becomes of each row; those that this run took already count as new."""
    found, standing = Sorted(Report(findings=list(rows.notes))), _standing(rows.source_id, run_id)
    alike: Counter[Stated] = Counter()
    day = today()
    for place, (number, cells) in enumerate(rows):
        if place % _PART == 0:
            progress(place, len(rows))
        stated, findings = (
            camt.check(number, cells, day)
            if rows.is_bank
            else check(number, cells, day, sign=rows.sign, currency=rows.currency)
        )
        found.report.findings += findings
        if stated is None:
            found.report.count(Done.SKIPPED)
            continue
        alike[stated] += 1
        _sort(found, number, stated, key_of(stated, alike[stated]), standing)
        if len(found.report.samples) < 5 and stated in found.new.values():
            title = f"{stated.reference} {stated.day.isoformat()}"
            found.report.show(Sample(number, stated.entry, rows.name, title, stated.amount_minor, stated.currency, []))
    return found


def _sort(found: Sorted, row: int, stated: Stated, key: str, standing: dict[str, tuple[Any, ...]]) -> None:
    if key in found.new:
        done, why = (Done.DUPLICATE, _AGAIN) if found.new[key] == stated else (Done.CONFLICT, _TWICE)
        found.refuse(row, done, why)
    elif key in standing:
        if standing[key] == _figures(stated):
            found.report.count(Done.UNCHANGED)
        else:
            found.refuse(row, Done.CONFLICT, _STANDS)
    else:
        found.new[key] = stated
        found.report.count(Done.IMPORTED)


def key_of(stated: Stated, nth: int) -> str:
    """What tells an entry from every other of its source: its number there; else all that it says, and the how manieth
    of its like it is in the file."""
    said = ("n", stated.entry) if stated.entry else ("", stated.reference, str(stated.payee), *_figures(stated), nth)
    return sha256("\x1f".join(map(str, said)).encode()).hexdigest()


def _figures(stated: Stated) -> tuple[Any, ...]:
    return stated.reference, stated.day, stated.amount_minor, stated.currency, stated.is_out


def _standing(source_id: int, run_id: int | None) -> dict[str, tuple[Any, ...]]:
    """The figures of the entries that are kept, but those of this run, by their keys."""
    e = FinanceEntry
    others = e.source_id == source_id, e.import_run_id.is_distinct_from(run_id if run_id is not None else -1)
    columns = e.key, e.reference, e.day, e.amount_minor, e.currency, e.is_out
    return {row[0]: tuple(row[1:]) for row in db.session.execute(sa.select(*columns).where(*others))}
