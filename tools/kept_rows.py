"""`make keep-rows`: the rows of a small filled database of this version, kept as text that both engines can take.

Tests put them into a database of that version's revision and migrate it forward (tests/database/test_kept_rows.py)."""

import json
import sys
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy.dialects.postgresql import JSONB

from tools import landed
from tracker import create_app
from tracker.database.columns import UtcDateTime
from tracker.extensions import db
from tracker.settings.configuration import ROOT, Settings
from tracker.setup import checks, revision

RELEASED = ROOT / "tests" / "data" / "released"
LARGEST = 500_000
LEFT_OUT = {
    "delegate_codes",
    "delegate_openings",
    "delegate_papers",
    "idempotency_keys",
    "issued_statements",
    "jobs",
    "password_resets",
    "sealed_keys",
    "sign_in_attempts",
    "sign_in_codes",
    "web_sessions",
}
"""What lets somebody in, is sealed, or is gone in a month."""
EMPTIED = {"invitations": "nonce", "people": "password_hash"}
SHORTENED = {
    "addressees": 60,
    "airports": 20,
    "deliveries": 40,
    "dispatches": 100,
    "events": 120,
    "holidays": 40,
    "request_clocks": 60,
    "search_entries": 20,
}
"""How many rows are enough of tables that would be long, beside those to which a kept row of another table refers."""

KINDS: dict[str, tuple[Any, type[Any] | None]] = {
    "moment": (UtcDateTime(), UtcDateTime),
    "day": (sa.Date(), sa.Date),
    "uuid": (sa.Uuid(), sa.Uuid),
    "truth": (sa.Boolean(), sa.Boolean),
    "json": (sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"), sa.JSON),
    "float": (sa.Double(), sa.Float),
    "decimal": (sa.Numeric(), sa.Numeric),
    "integer": (sa.BigInteger(), sa.Integer),
    "text": (sa.Text(), sa.String),
}
"""What a column holds, whatever the engine calls it: how it is read and written, and how the models say so."""

_AS_TEXT: dict[str, Any] = {
    "moment": lambda value: value.astimezone(UTC).isoformat(),
    "day": date.isoformat,
    "uuid": str,
    "decimal": lambda value: f"{value.normalize():f}",
}
_FROM_TEXT: dict[str, Any] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "uuid": uuid.UUID,
    "decimal": Decimal,
}

Columns = dict[str, str]
"""Kinds by name, in the order in which a row has its values."""


def main() -> int:
    """Keep the rows of a demonstration for the version in pyproject.toml; give the exit code."""
    version = checks.version()
    path = RELEASED / f"{version}.jsonl"
    if path.exists():
        return _refuse(f"The rows of {version} are kept already, and databases like them exist: they stay as they are.")
    if landed.pending():
        return _refuse("The newest revision has not landed: `make landed` comes first.")
    lines = list(of_a_demonstration())
    size = sum(len(line) + 1 for line in lines)
    if size > LARGEST:
        return _refuse(f"These rows would take {size} bytes, more than {LARGEST}: see SHORTENED in tools/kept_rows.py.")
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))
    print(f"{path.relative_to(ROOT)}: {len(lines)} lines, {size} bytes, at {revision.head()}")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def of_a_demonstration() -> Iterator[str]:
    """The kept lines of a new demonstration."""
    from tracker.demo import loading

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"DATA_DIR": folder}))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            loading.load(lambda _done, _total: None)
            with db.engine.connect() as connection:
                yield from dump(connection)


def dump(connection: sa.Connection) -> Iterator[str]:
    """The revision, then each table with its columns and, a line each, its rows."""
    yield _line({"revision": revision.of(connection)})
    tables = [table for table in db.metadata.sorted_tables if table.name not in LEFT_OUT]
    kept: dict[str, list[list[Any]]] = {}
    for table in reversed(tables):  # a table comes before those that it refers to
        kept[table.name] = _enough(table, read(connection, table.name, _columns(table), _key(table)), kept)
    for table in tables:
        if rows := kept[table.name]:
            yield _line({"table": table.name, "key": _key(table), "columns": _columns(table)})
            yield from map(_line, rows)


def read(connection: sa.Connection, name: str, columns: Columns, key: list[str]) -> list[list[Any]]:
    """A table's rows in the order of its key, as JSON holds them."""
    table = _table(name, columns)
    kinds = list(columns.values())
    found = connection.execute(sa.select(table).order_by(*(table.c[column] for column in key)))
    return [[_neutral(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in found]


def load(lines: list[str], connection: sa.Connection) -> None:
    """Put kept rows into an empty database of their revision, as its owner; a row without its parent is an error."""
    _let_rows_come_before_their_parents(connection)
    for name, _key, columns, rows in tables(lines):
        values = [
            {column: _native(kind, value) for (column, kind), value in zip(columns.items(), row, strict=True)}
            for row in rows
        ]
        connection.execute(sa.insert(_table(name, columns)), values)
    _look_for_parents(connection)


def tables(lines: list[str]) -> Iterator[tuple[str, list[str], Columns, list[list[Any]]]]:
    """Each kept table: its name, its key, its columns, its rows."""
    entries = [json.loads(line) for line in lines[1:]]
    starts = [number for number, entry in enumerate(entries) if isinstance(entry, dict)]
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
        header = entries[start]
        yield header["table"], header["key"], header["columns"], entries[start + 1 : end]


def revision_of(lines: list[str]) -> str:
    """The revision at which these rows were kept."""
    return str(json.loads(lines[0])["revision"])


def _line(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _columns(table: sa.Table) -> Columns:
    return {column.name: _kind(column.type) for column in table.columns}


def _key(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key]


def _kind(declared: Any) -> str:
    return next(
        kind for kind, (_type, as_declared) in KINDS.items() if as_declared and isinstance(declared, as_declared)
    )


def _table(name: str, columns: Columns) -> Any:
    return sa.table(name, *(sa.column(column, KINDS[kind][0]) for column, kind in columns.items()))


def _neutral(kind: str, value: Any) -> Any:
    return value if value is None or kind not in _AS_TEXT else _AS_TEXT[kind](value)


def _native(kind: str, value: Any) -> Any:
    return value if value is None or kind not in _FROM_TEXT else _FROM_TEXT[kind](value)


def _enough(table: sa.Table, rows: list[list[Any]], kept: Mapping[str, list[list[Any]]]) -> list[list[Any]]:
    """As many rows as are kept, without secrets, and without rows whose parent in the same table is not kept."""
    names = [column.name for column in table.columns]
    if secret := EMPTIED.get(table.name):
        rows = [["" if name == secret else value for name, value in zip(names, row, strict=True)] for row in rows]
    if table.name not in SHORTENED:
        return rows
    parents = [names.index(key.parent.name) for key in table.foreign_keys if key.column.table is table]
    alone = [row for row in rows if all(row[parent] is None for parent in parents)]
    needed = {names.index(column): values for column, values in _referred_to(table, kept).items()}
    first = SHORTENED[table.name]
    return alone[:first] + [row for row in alone[first:] if any(row[n] in values for n, values in needed.items())]


def _referred_to(table: sa.Table, kept: Mapping[str, list[list[Any]]]) -> dict[str, set[Any]]:
    """Columns of the table that others refer to, with what stands in the kept rows of these."""
    found: dict[str, set[Any]] = defaultdict(set)
    for name, rows in kept.items():
        other = db.metadata.tables[name]
        for key in (key for key in other.foreign_keys if key.column.table is table):
            place = list(other.columns).index(key.parent)
            found[key.column.name] |= {row[place] for row in rows}
    return found


def _let_rows_come_before_their_parents(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        for table, key in _foreign_keys(connection):
            connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED')


def _look_for_parents(connection: sa.Connection) -> None:
    """Check what was let through, and on PostgreSQL let the next row of each table have the next number."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"{len(orphans)} rows are without their parent, first: {orphans[0]}")
        return
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table, key in _foreign_keys(connection):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" NOT DEFERRABLE')
    owned = sa.text(
        "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
        " AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL"
    )
    for table, column in connection.execute(owned).all():
        numbers = sa.table(table, sa.column(column)).c[column]
        following = sa.func.coalesce(sa.func.max(numbers), 0) + 1
        connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table, column), following, False)))


def _foreign_keys(connection: sa.Connection) -> list[tuple[str, str]]:
    asked = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
    return [(table, name) for table, name in connection.execute(sa.text(asked)).all()]


if __name__ == "__main__":
    sys.exit(main())
