"""A run: the rows of a file taken over in parts, each in a short transaction, so that others write in between and a run
that was stopped goes on where it was."""

from collections.abc import Callable, Iterable, Sequence, Sized
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports.models import ImportRun
from tracker.imports.report import Done, Report
from tracker.rights.actor import Actor

CHUNK = 500
"""Rows in one transaction, at most."""
LEFT_AFTER = timedelta(minutes=10)
"""How long a run at the console may write no row before it counts as killed."""
_LOCK = 0x494D504F

Progress = Callable[[int, int], None]
CHECKED = 33  # per cent of a run's time that checking its rows takes; the rest is writing them


def no_progress(_done: int, _total: int) -> None:
    """Ignore progress: for callers that show none."""


def part_of_progress(progress: Progress, start: int, end: int) -> Progress:
    """Progress over a part of the way, from `start` to `end` per cent, so that it never goes back."""
    return lambda done, total: progress((total * start + done * (end - start)) // 100, total)


@verb(events=0)
def begin(what: str, *, actor: Actor, file_name: str, sha256: str, work_key: str | None = None) -> int:
    """Note a run, or find the one that the same work began before it was stopped, at the console the same file; gives
    its id."""
    begun = _killed(what, sha256) if work_key is None else _begun(work_key)
    if begun is not None:
        return begun
    run = ImportRun(what=what, file_name=file_name[:255], sha256=sha256, by_id=actor.person_id, work_key=work_key)
    db.session.add(run)
    db.session.flush()
    return run.id


def _begun(work_key: str) -> int | None:
    return db.session.scalar(sa.select(ImportRun.id).where(ImportRun.work_key == work_key))


def _killed(what: str, sha256: str) -> int | None:
    same = ImportRun.what == what, ImportRun.sha256 == sha256, ImportRun.status == "running"
    return min(left(db.session.scalars(sa.select(ImportRun).where(*same, ImportRun.work_key.is_(None)))), default=None)


def left(runs: Iterable[ImportRun]) -> set[int]:
    """Which of these were killed at the console: open, and without a new row for long. A run of the page is not: it
    goes on when its worker is back."""
    since = now() - LEFT_AFTER
    at_console = (run for run in runs if run.status == "running" and run.work_key is None)
    return {run.id for run in at_console if (run.grew_at or run.at) < since}


def take_in_parts(rows: Sequence[Any], take: Callable[[Sequence[Any]], Any], progress: Progress) -> None:
    """Give `take`, a verb, the rows in parts; between two of them others write, and the work can be stopped."""
    for start in range(0, len(rows), CHUNK):
        progress(start, len(rows))
        take(rows[start : start + CHUNK])


def take_whole(
    what: str,
    rows: Sized,
    *,
    take: Callable[[int], Report],
    end: Callable[..., None],
    actor: Actor,
    file_name: str,
    sha256: str,
    progress: Progress = no_progress,
    work_key: str | None = None,
) -> dict[str, Any]:
    """Take over a file that is written in one transaction: `take`, a verb, is given the run's id, and `end`, another,
    closes the run with its event. Gives the report as data. Repeating a run changes nothing."""
    progress(0, len(rows))
    run_id = begin(what, actor=actor, file_name=file_name, sha256=sha256, work_key=work_key)
    report = take(run_id)
    end(run_id, report, actor=actor, status="done")
    return report.as_data(most=None)


def begin_part(run_id: int) -> None:
    """Wait for the part of another run, inside a verb: what it takes is seen and not taken twice."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer at any time
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    update_where(ImportRun, ImportRun.id == run_id, grew_at=now())


def end(run_id: int, report: Report, *, taken: int, status: str) -> ImportRun:
    """Close a run inside the verb that records it: `taken` rows are its own. What the report counts beyond them,
    another run took in between, or is left because this one was stopped. Ended already, it stays as it was."""
    missed = report.counts[Done.IMPORTED] - taken
    if missed and status == "done":
        report.counts[Done.UNCHANGED] += missed
    report.counts[Done.IMPORTED] = taken
    report.counts = +report.counts  # without what is zero
    standing = ImportRun.id == run_id, ImportRun.ended_at.is_(None)
    update_where(ImportRun, *standing, status=status, ended_at=now(), counts=dict(report.counts))
    return db.session.get_one(ImportRun, run_id, populate_existing=True)
