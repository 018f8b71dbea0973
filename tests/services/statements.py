"""Counting SQL statements, to hold pages to their budget."""

from contextlib import contextmanager

import sqlalchemy as sa

from tracker.extensions import db

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def statements():
    """A list that fills with the SQL statements executed inside the block."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
