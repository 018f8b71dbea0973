"""Whether the database takes changes: reading goes on where a disk is full or read-only, and everything else fails."""

import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tracker.extensions import db
from tracker.setup.models import Mark

ROOM_NEEDED = 1024 * 1024
PATIENCE = 500
"""Milliseconds for which another writer is waited for; that there is one shows that changes are taken."""


def why_not() -> str | None:
    """Why no change could be made now, in the database's words; None when it could. One is tried and taken back."""
    try:
        with db.engine.connect() as connection:
            _wait_shortly(connection)
            try:
                connection.execution_options(write=True)
                connection.execute(sa.update(Mark).where(Mark.name == "").values(name=""))
            finally:
                connection.rollback()
                _wait_shortly(connection, back=True)
    except DBAPIError as problem:
        said = str(problem.orig).strip().splitlines()[0]
        return None if "locked" in said else said
    return _no_room()


def _wait_shortly(connection: sa.Connection, *, back: bool = False) -> None:
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA busy_timeout={15_000 if back else PATIENCE}")


def _no_room() -> str | None:
    path = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not path:
        return None
    return "the disk is full" if shutil.disk_usage(Path(path).parent).free < ROOM_NEEDED else None
