"""Chores that beat has done regularly: a capability registers how it deletes what is no longer needed."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from tracker.calendar.now import now
from tracker.database.transactions import delete_where, transaction
from tracker.database.verbs import IdempotencyKey

KEYS_ARE_KEPT = timedelta(days=30)

Chore = Callable[[], int]
_chores: list[Chore] = []
log = structlog.get_logger()


def chore(function: Chore) -> Chore:
    """Register a function that works in a transaction of its own and gives the number of rows that it deleted."""
    if function not in _chores:
        _chores.append(function)
    return function


def tidy() -> None:
    """Do every chore; one that fails does not keep the others from being done."""
    for function in _chores:
        try:
            log.info("chore", name=function.__name__, rows=function())
        except Exception:
            log.exception("chore failed", name=function.__name__)


@chore
def forget_old_form_keys() -> int:
    """Form keys answer repetitions for 30 days."""
    with transaction():
        return delete_where(IdempotencyKey, IdempotencyKey.created_at < now() - KEYS_ARE_KEPT)


@chore
def measure_tables() -> int:
    """SQLite chooses its indexes by measures that nobody else takes; PostgreSQL takes its own. Half a second at 100,000
    requests; without it the queue reads all open requests for every page."""
    with transaction() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
    return 0
