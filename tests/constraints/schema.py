"""The CHECKs and unique keys that the models declare, read from their metadata before any test is collected."""

import re
import tempfile

import sqlalchemy as sa

from tracker import create_app
from tracker.extensions import db
from tracker.settings.configuration import Settings

with tempfile.TemporaryDirectory() as _folder:
    create_app(Settings.from_env({"DATA_DIR": _folder}))

TABLES = db.metadata.tables
CHECKS: dict[str, sa.CheckConstraint] = {
    str(check.name): check
    for table in TABLES.values()
    for check in table.constraints
    if isinstance(check, sa.CheckConstraint)
}
_LISTED = re.compile(r"(\w+) IN \(('[^']*'(?:, '[^']*')*)\)")


def _enumeration(check: sa.CheckConstraint) -> tuple[str, list[str]] | None:
    """The column and the values of a CHECK that only lists what a column may hold; None for any other."""
    found = _LISTED.fullmatch(str(check.sqltext))
    return (found[1], re.findall("'([^']*)'", found[2])) if found else None


ENUMERATIONS = {name: found for name, check in CHECKS.items() if (found := _enumeration(check))}
VALUES = {(CHECKS[name].table.name, column): values for name, (column, values) in ENUMERATIONS.items()}

Key = sa.UniqueConstraint | sa.PrimaryKeyConstraint | sa.Index


def _keys(table: sa.Table) -> list[Key]:
    """What may be there only once in a table; a counted id, which nobody chooses, is left out, and what holds one."""
    counted = table.autoincrement_column
    primary = [] if counted is not None else [table.primary_key]
    unique = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    constraints = [one for one in unique if counted is None or counted.name not in one.columns]
    return [*primary, *constraints, *(index for index in table.indexes if index.unique)]


UNIQUE: dict[str, Key] = {str(key.name): key for table in TABLES.values() for key in _keys(table)}


def condition(key: Key) -> str | None:
    """The condition under which a unique index holds; None for what always holds."""
    where = key.dialect_options["sqlite"]["where"] if isinstance(key, sa.Index) else None
    return None if where is None else str(where)
