"""Entries of a file are kept in parts, and matched when all are there. No money moves."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.report import Done, Report
from tracker.imports.runs import CHECKED, Progress, no_progress, part_of_progress
from tracker.jobs import Cancelled
from tracker.reconciling.imports import EntryRows, Stated, sort_out
from tracker.reconciling.matching import folded
from tracker.reconciling.models import FinanceEntry
from tracker.reconciling.services.comparing import compare
from tracker.rights.actor import Actor

WHAT = "finance_entries"
_MATCHED = 90  # per cent of a run's time after which all entries are written


def examine(rows: EntryRows, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    return sort_out(rows, progress=progress).report


def import_entries(
    rows: EntryRows,
    *,
    actor: Actor,
    file_name: str,
    sha256: str,
    progress: Progress = no_progress,
    work_key: str | None = None,
) -> dict[str, Any]:
    """Keep the new entries and match them; gives the report as data. Repeating a run changes nothing."""
    run_id = runs.begin(WHAT, actor=actor, file_name=file_name, sha256=sha256, work_key=work_key)
    found = sort_out(rows, run_id, progress=part_of_progress(progress, 0, CHECKED))
    source_id = rows.source_id
    try:
        runs.take_in_parts(
            list(found.new.items()),
            lambda part: take_entries(part, run_id=run_id, source_id=source_id),
            part_of_progress(progress, CHECKED, _MATCHED),
        )
    except Cancelled:
        end_entries(run_id, found.report, actor=actor, status="stopped", source_id=source_id)
        raise
    end_entries(run_id, found.report, actor=actor, status="done", source_id=source_id)
    return found.report.as_data(most=None)


@verb(events=0)
def take_entries(part: Sequence[tuple[str, Stated]], *, run_id: int, source_id: int) -> None:
    """Write some entries of a run, but those that are there by now."""
    runs.begin_part(run_id)
    keys = [key for key, _stated in part]
    of_source = FinanceEntry.source_id == source_id, FinanceEntry.key.in_(keys)
    there = set(db.session.scalars(sa.select(FinanceEntry.key).where(*of_source)))
    rows = [
        {**_columns(stated), "key": key, "source_id": source_id, "import_run_id": run_id}
        for key, stated in part
        if key not in there
    ]
    if rows:
        db.session.execute(sa.insert(FinanceEntry), rows)


def _columns(stated: Stated) -> dict[str, Any]:
    said = asdict(stated)
    del said["entry"]
    return {**said, "folded": folded(stated.reference)}


@verb
def end_entries(run_id: int, report: Report, *, actor: Actor, status: str, source_id: int | None = None) -> None:
    """Match what is there and close the run, with one event."""
    mine = sa.select(sa.func.count()).where(FinanceEntry.import_run_id == run_id)
    run = runs.end(run_id, report, taken=db.session.scalar(mine) or 0, status=status)
    matched = compare(source_id) if source_id is not None else 0
    imported = report.counts[Done.IMPORTED]
    events.record("reconciling.entries_read", run, actor=actor, rows=report.total, imported=imported, matched=matched)
