"""Which constraint the database names when it refuses a row."""

import re

import sqlalchemy as sa

from tests.constraints.rows import Values, insert
from tests.constraints.schema import UNIQUE


def refusal(connection: sa.Connection, table: sa.Table, values: Values) -> str | None:
    """The name of the constraint that refuses the row (the database's words where that has no name), or None when the
    row is taken; either way nothing stays of it."""
    try:
        with connection.begin_nested() as attempt:
            insert(connection, table, values)
            attempt.rollback()
    except sa.exc.IntegrityError as error:
        diagnosis = getattr(error.orig, "diag", None)
        return (diagnosis.constraint_name if diagnosis else _named_by_sqlite(str(error.orig))) or str(error.orig)
    return None


def _named_by_sqlite(message: str) -> str | None:
    """SQLite says the name of a CHECK, but only the columns of a unique key."""
    if check := re.fullmatch(r"CHECK constraint failed: (\w+)", message):
        return check[1]
    said = message.removeprefix("UNIQUE constraint failed: ")
    columns = {name: ", ".join(f"{key.table}.{column.name}" for column in key.columns) for name, key in UNIQUE.items()}
    return next((name for name, named in columns.items() if named == said), None)
