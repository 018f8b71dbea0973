"""Beginning a run: one at a time, so that the second of two runs of a file finds the rows of the first."""

from collections.abc import Callable

import sqlalchemy as sa

from tracker.extensions import db
from tracker.imports.models import ImportRun
from tracker.rights.actor import Actor

_LOCK = 0x494D504F


Progress = Callable[[int, int], None]
CHECKED = 33  # per cent of a run's time that checking its rows takes; the rest is writing them


def no_progress(_done: int, _total: int) -> None:
    """Ignore progress: for callers that show none."""


def part_of_progress(progress: Progress, start: int, end: int) -> Progress:
    """Progress over a part of the way, from `start` to `end` per cent, so that it never goes back."""
    return lambda done, total: progress((total * start + done * (end - start)) // 100, total)


def begin(what: str, *, actor: Actor, file_name: str, sha256: str) -> ImportRun:
    """Wait for other runs to end, then note this one; inside a verb, before anything is compared."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer at any time
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    run = ImportRun(what=what, file_name=file_name[:255], sha256=sha256, by_id=actor.person_id)
    db.session.add(run)
    return run
