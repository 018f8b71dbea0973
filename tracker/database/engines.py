"""The two database engines: how each is connected to, and who begins its transactions.

The transaction handling of SQLite's driver is switched off: a reader begins with BEGIN, a writer with BEGIN IMMEDIATE,
because a deferred BEGIN that turns into a write fails with "database is locked" and the driver's own default loses
updates.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from tracker.database import days
from tracker.database.writers import MILLISECONDS_BY_THE_WAY

BUSY_TIMEOUT = 15_000
"""Milliseconds that a writer on SQLite waits for the one before it."""


def engine_options(url: str) -> dict[str, Any]:
    """Options for create_engine that both engines need to keep the promises (guarantees.md, settings).

    Parameters are what people typed: an error, and so a line of the log, does not repeat them."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        return {"hide_parameters": True, "connect_args": {"timeout": 15, "check_same_thread": False}}
    settings = "-c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000"
    # Our statements name many tables and read few rows: what PostgreSQL would compile for one takes longer than it.
    connecting = {"connect_timeout": 3, "options": f"{settings} -c jit=off"}
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": connecting}


def install_engine_events(engine: sa.Engine) -> None:
    """Set each new connection up, and begin transactions ourselves on SQLite."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "handle_error", _without_the_row)
        return

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout={BUSY_TIMEOUT}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        # REPLACE deletes a row, too; only with this does it ask the triggers that refuse that.
        connection.execute("PRAGMA recursive_triggers=ON")
        days.teach(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("write"):
            connection.exec_driver_sql("BEGIN")
        elif not options.get("hurried"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            _begin_at_once(connection)


def _begin_at_once(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={MILLISECONDS_BY_THE_WAY}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")


def _without_the_row(context: Any) -> None:
    """PostgreSQL's message goes on with the row that it refused: only what comes before is kept."""
    refused, wrapped = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(refused, "diag", None), "message_primary", None)
    if said and wrapped is not None:
        wrapped.args = (str(wrapped.args[0]).replace(str(refused), said),)
        refused.args = (said,)
