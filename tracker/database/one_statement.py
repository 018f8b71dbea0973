"""Many small lists in one statement: what belongs to one page is read with one trip to the database.

A page about one request shows areas, papers, questions, notes and more. One statement each would be a dozen; here
every list becomes rows of JSON, joined by UNION ALL, and is given back with the types its columns have.
"""

import json
import uuid
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tracker.database.columns import UtcDateTime
from tracker.extensions import db

Rows = sa.Select[*tuple[Any, ...]]
"""A select of any columns."""


class _JsonArray(FunctionElement[str]):
    """The values of one row as the text of a JSON array, on both engines."""

    type = sa.Text()
    inherit_cache = True


@compiles(_JsonArray, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    values = [
        f"json({compiler.process(column, **options)})"
        if isinstance(column.type, sa.JSON)
        else compiler.process(column, **options)
        for column in element.clauses
    ]
    return f"json_array({', '.join(values)})"


@compiles(_JsonArray, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(json_build_array({compiler.process(element.clauses, **options)}) AS TEXT)"


def read_in_one_statement(**selects: sa.Select[*tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Run every select in one statement; gives lists of named tuples whose fields are the selects' columns.

    The rows of one list come in no certain order: the caller sorts. Columns need unique labels.
    """
    queries, makers = [], {}
    for name, select in selects.items():
        columns = list(select.selected_columns)
        part_name = sa.literal(name).label("part")
        if _may_be_wrapped(select):
            queries.append(select.with_only_columns(part_name, _JsonArray(*columns).label("body")))
        else:
            queries.append(sa.select(part_name, _JsonArray(*select.subquery().c).label("body")))
        makers[name] = _maker(name, columns)
    found: dict[str, list[Any]] = {name: [] for name in selects}
    for part, body in db.session.execute(sa.union_all(*queries)):
        found[part].append(makers[part](json.loads(body)))
    return found


def _may_be_wrapped(select: Any) -> bool:
    """Whether the columns may become one array where they stand. A select with an order, a limit or distinct rows has
    to become a subquery, for which SQLAlchemy makes every column anew: done for all, that was a third of a page."""
    return isinstance(select, sa.Select) and not (select._distinct or select._needs_parens_for_grouping())


def _maker(name: str, columns: list[Any]) -> Callable[[list[Any]], Any]:
    row = _shape(name, tuple(column.key for column in columns))
    readers = [_reader(column.type.__class__) for column in columns]

    def make(values: list[Any]) -> Any:
        return row(*(None if v is None else read(v) for read, v in zip(readers, values, strict=True)))

    return make


@cache
def _shape(name: str, fields: tuple[str, ...]) -> Any:
    """The named tuple of a list; made once, because making one costs as much as reading twenty rows."""
    return namedtuple(name, fields)


@cache
def _reader(kind: type[Any]) -> Callable[[Any], Any]:
    """How a value of this column type comes back from JSON."""
    for known, reader in _READERS:
        if issubclass(kind, known):
            return reader
    return _same


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


_READERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (UtcDateTime, _moment),
    (sa.Date, date.fromisoformat),
    (sa.Uuid, uuid.UUID),
    (sa.Boolean, bool),
    (sa.Numeric, _number),
)
