"""What differs between the database and what this program would have made: tables, columns, keys, CHECKs, indexes,
the triggers that guard the record and the ledger, and what the application's role may do."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker import search
from tracker.extensions import db

_MISSING, _TOO_MUCH = "is missing", "is too much"
_WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def between(connection: sa.Connection) -> list[str]:
    """Each difference in a few words, in a fixed order; an empty list when there is none."""
    found = [*_of_tables(connection), *search.lacking(connection), *_of_triggers(connection)]
    return [*found, *_of_grants(connection)] if connection.dialect.name == "postgresql" else found


def _of_tables(connection: sa.Connection) -> list[str]:
    """By Alembic's comparison: what it would add is missing, what it would take out is too much."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from migrations import comparing

    options = {**comparing.OPTIONS, "target_metadata": db.metadata}
    entries = compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        # The changes of one column come as a list of their own.
        for act, *what in entry if isinstance(entry, list) else [entry]:
            way, _, kind = act.partition("_")
            if way == "modify":
                found[f"column {what[1]}.{what[2]}"].add(f"has another {kind}")
            else:
                found[_called(kind, what)].add(_MISSING if way == "add" else _TOO_MUCH)
    return [f"{name} {_both(ways)}" for name, ways in sorted(found.items())]


def _called(kind: str, what: list[Any]) -> str:
    """A table, a column with its table, or a constraint or index, whose name holds that of its table."""
    if kind == "column":
        return f"column {what[1]}.{what[2].name}"
    return f"{'foreign key' if kind == 'fk' else kind} {what[0].name}"


def _both(ways: set[str]) -> str:
    return "says something else" if ways == {_MISSING, _TOO_MUCH} else " and ".join(sorted(ways))


def _of_triggers(connection: sa.Connection) -> Iterator[str]:
    from migrations import guards

    engine = connection.dialect.name
    wanted = guards.texts_of_triggers(engine) | search.texts_of_triggers(engine)
    there: dict[str, str] = dict(connection.execute(sa.text(_TRIGGERS[engine])).all())
    for name, text in sorted(wanted.items()):
        if name not in there:
            yield f"trigger {name} {_MISSING}"
        elif there[name] != text:
            yield f"trigger {name} is switched off or does something else"
    yield from (f"trigger {name} {_TOO_MUCH}" for name in sorted(there.keys() - wanted.keys()))


# SQLite keeps the whole statement, PostgreSQL what the trigger's function does; one that is switched off does nothing.
_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, CASE WHEN tgenabled IN ('O', 'A') THEN prosrc ELSE '' END "
    "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal",
}


def _of_grants(connection: sa.Connection) -> Iterator[str]:
    """What the application's role may do to each table, beyond what it needs or short of it."""
    from migrations import guards

    known = db.metadata.tables.keys() | {"alembic_version"}
    for table, *granted in connection.execute(sa.text(_GRANTS)):
        if table not in known:
            continue
        allowed = {act for act, may in zip(("SELECT", *_WRITES), granted, strict=True) if may}
        needed = {"SELECT"} if table == "alembic_version" else {"SELECT", "INSERT"}
        if table != "alembic_version" and table not in guards.APPEND_ONLY:
            needed |= {"UPDATE", "DELETE"}
            allowed.discard("TRUNCATE")
        yield from (f"the application may {act} {table}" for act in sorted(allowed - needed))
        yield from (f"the application may not {act} {table}" for act in sorted(needed - allowed))


# A grant on a single column counts as well.
_GRANTS = """
    SELECT relname,
        has_table_privilege(oid, 'SELECT'),
        has_any_column_privilege(oid, 'INSERT'),
        has_any_column_privilege(oid, 'UPDATE'),
        has_table_privilege(oid, 'DELETE'),
        has_table_privilege(oid, 'TRUNCATE')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
