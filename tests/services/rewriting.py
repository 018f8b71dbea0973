"""Trying to rewrite, past the application, a table that only grows; only a refusal by its guards counts, for what a
constraint happens to refuse would be rewritten by a better statement."""

import re

import sqlalchemy as sa

from tracker.database.append_only import RowsNeverChange
from tracker.database.transactions import transaction
from tracker.extensions import db

_BY_ITS_GUARDS = re.compile("is append-only|permission denied")
_ONE = "SELECT * FROM {0} WHERE id = (SELECT max(id) FROM {0})"
_EITHER_ENGINE = ("UPDATE {0} SET id = id", "DELETE FROM {0}")
REWRITINGS = {
    "sqlite": (*_EITHER_ENGINE, f"REPLACE INTO {{0}} {_ONE}"),
    "postgresql": (*_EITHER_ENGINE, f"INSERT INTO {{0}} {_ONE} ON CONFLICT (id) DO UPDATE SET id = excluded.id"),
}


def went_through(table: str) -> list[str]:
    """The statements that the database carried out on rows that are there (they are undone); none, if all is well."""
    return [text for text in REWRITINGS[db.engine.dialect.name] if not _refused(text.format(table))]


def _refused(statement: str) -> bool:
    try:
        with transaction():
            db.session.execute(sa.text(statement))
            raise _Kept
    except _Kept:
        return False
    except (sa.exc.DBAPIError, RowsNeverChange) as refusal:
        return isinstance(refusal, RowsNeverChange) or bool(_BY_ITS_GUARDS.search(str(refusal)))


class _Kept(Exception):
    """The change went through, and is undone by this."""
