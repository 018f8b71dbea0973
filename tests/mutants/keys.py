"""The unique keys of the database: found in the metadata, and left out when a template is migrated."""

import os
from typing import Any

import sqlalchemy as sa

from tracker.extensions import db


def unique_keys() -> list[tuple[sa.Table, sa.UniqueConstraint | sa.Index]]:
    """Every unique index and constraint of the metadata with its table."""
    return [
        (table, key)
        for table in db.metadata.sorted_tables
        for key in sorted((*table.indexes, *table.constraints), key=lambda key: str(key.name))
        if isinstance(key, sa.UniqueConstraint) or (isinstance(key, sa.Index) and key.unique)
    ]


def migrate_without(name: str, database: Any, settings: Any) -> None:
    """Have the tests of this process copy a template without the key; it is migrated in a process of its own, for
    migrating makes an application."""
    database.template = database.template.with_name("mutant.sqlite3")
    database.template.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            _leave_out(name)
            database.prepare(settings)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def forget(name: str) -> None:
    """Have the metadata of this process say what such a database holds."""
    for table, key in unique_keys():
        if key.name == name:
            (table.indexes if isinstance(key, sa.Index) else table.constraints).discard(key)


def _leave_out(name: str) -> None:
    """Let the migration pass over the key."""
    from alembic import op

    index, table = op.create_index, op.create_table

    def other_index(called: str, *rest: Any, **named: Any) -> None:
        if called != name:
            index(called, *rest, **named)

    def table_without(called: str, *items: Any, **named: Any) -> Any:
        return table(called, *(item for item in items if getattr(item, "name", None) != name), **named)

    op.create_index, op.create_table = other_index, table_without
