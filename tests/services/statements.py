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


@contextmanager
def rows_given():
    """A list that fills with (statement, number of rows that it gives) for every SELECT inside the block."""
    seen: list[tuple[str, int]] = []

    def count(connection, _cursor, statement, parameters, _context, many):
        if statement.lstrip().upper().startswith("SELECT") and not many:
            own = connection.connection.cursor()
            own.execute(f"SELECT count(*) FROM ({statement}) counted", parameters)
            seen.append((statement, own.fetchone()[0]))
            own.close()

    sa.event.listen(db.engine, "after_cursor_execute", count)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", count)
