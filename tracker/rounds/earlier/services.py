"""Taking seats of earlier sessions over from files: all new rows of a file at once, one event for the run."""

from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.report import Done, Records, Report
from tracker.imports.runs import Progress, no_progress
from tracker.rights.actor import Actor
from tracker.rounds.earlier.imports import sort_out
from tracker.rounds.earlier.models import EarlierSeats

WHAT = "earlier_seats"


def examine(rows: Records, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    progress(0, len(rows))
    return sort_out(rows).report


def import_seats(rows: Records, *, actor: Actor, **run: Any) -> dict[str, Any]:
    """Take over the new rows; gives the report as data. Repeating a run changes nothing."""
    return runs.take_whole(WHAT, rows, take=lambda run_id: take(rows, run_id=run_id), end=end_seats, actor=actor, **run)


@verb(events=0)
def take(rows: Records, *, run_id: int) -> Report:
    """Write every new row of a file, in one transaction; whoever comes second finds what the first took."""
    runs.begin_part(run_id)
    found = sort_out(rows, run_id)
    begun = db.session.scalar(sa.select(sa.exists().where(EarlierSeats.import_run_id == run_id)))
    if found.new and not begun:
        db.session.execute(sa.insert(EarlierSeats), [{**one.values, "import_run_id": run_id} for one in found.new])
    return found.report


@verb
def end_seats(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close a run, with one event."""
    mine = sa.select(sa.func.count()).where(EarlierSeats.import_run_id == run_id)
    run = runs.end(run_id, report, taken=db.session.scalar(mine) or 0, status=status)
    imported = report.counts[Done.IMPORTED]
    events.record("rounds.earlier_imported", run, actor=actor, rows=report.total, imported=imported)
