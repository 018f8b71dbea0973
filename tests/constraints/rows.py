"""The smallest row that a table takes, made of plain values so that no guard of the models stands before the database:
what must be filled is, each value is a new one, and rows that it points to are made first."""

import string
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import sqlalchemy as sa

from tests.constraints.schema import TABLES, VALUES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
LATER = date(2026, 3, 3)
ROW = object()
"""Stands for a new row of the table that a column points to."""

Values = dict[str, Any]
_DIGITS = string.digits + string.ascii_lowercase
_numbers = count(40)


@dataclass(frozen=True)
class Same:
    """Stands for the value of another column of the same row."""

    column: str


# What the smallest row of a table needs beside what its columns ask for.
SMALLEST: dict[str, Values] = {
    "clock_rules": {"working_days": 1},
    "conditions_answers": {"by_whom": "delegate"},
    "conditions_versions": {"delivered": True},
    "confirmations": {"rating": 1},
    "cost_rates": {"place": "VIE"},
    "cost_rules": {"percent": 1},
    "decisions": {"amount_minor": 1},
    "deliveries": {"event_id": ROW},
    "issued_statements": {"number": 1, "first_on": DAY, "last_on": LATER, "after": 0, "until": 9, "pdf": b"."},
    "messages": {"body": "Words"},
    "delegate_messages": {"body": "Words", "by_whom": "delegate"},
    "organisations": {"kind": "office"},
    "proposed_acts": {"request_id": ROW},
    "pledges": {"support_rate_bp": 0},
    "posting_confirmations": {"entry": "."},
    "role_proposals": {"membership_id": ROW},
    "visa_days": {"days": 30},
    "claim_papers": {"kind": "boarding"},
    "incoming_files": {"received": 0},
    "seat_lines": {"estimate_minor": 1},
    "sealed_keys": {"key_id": "1", "wrapped": b"."},
    "papers_handed_in": {"by_whom": "delegate"},
    "receipts": {"amount_minor": 10, "applied_minor": 10, "fund_minor": 10, "support_minor": 0},
}


# What a row needs beside the columns that another points to together with its own.
TOGETHER: dict[str, Values] = {"seat_lines": {"approved_minor": 1}}


def insert(connection: sa.Connection, table: sa.Table, values: Values | None = None) -> Values:
    """Insert the smallest row of `table` with `values`, and give it as it was sent."""
    row = {column.name: ROW if column.foreign_keys else fresh(column) for column in table.columns if _asked(column)}
    row |= SMALLEST.get(table.name, {}) | (values or {})
    for name, value in row.items():
        if value is ROW:
            row[name] = _pointed_at(connection, table.columns[name], row)
    row |= {name: row[value.column] for name, value in row.items() if isinstance(value, Same)}
    added = connection.execute(sa.insert(table), row).inserted_primary_key
    return row | dict(zip(table.primary_key.columns.keys(), added, strict=True))


def _asked(column: sa.Column[Any]) -> bool:
    """Whether a row must bring this value, because neither the model nor the database fills it."""
    counted = column is column.table.autoincrement_column
    return not (column.nullable or column.default is not None or column.server_default is not None or counted)


def _pointed_at(connection: sa.Connection, column: sa.Column[Any], row: Values) -> Any:
    """A new row that the column points to, alone or together with other columns that are filled by now."""
    pointer = min(column.foreign_keys, key=lambda one: len(one.constraint.elements))
    together = {one.column.name: row[one.parent.name] for one in pointer.constraint.elements if one is not pointer}
    target = pointer.column
    return insert(connection, target.table, together and {**together, **TOGETHER[target.table.name]})[target.name]


def fresh(column: sa.Column[Any]) -> Any:
    """A value that no other row has, of the column's type; the first that is listed where a CHECK lists them."""
    if listed := VALUES.get((column.table.name, column.name)):
        return listed[0]
    number = next(_numbers)
    for kind, value in (
        (sa.String, lambda: _word(number, column.type.length)),
        (sa.Boolean, lambda: False),
        (sa.Integer, lambda: number),
        (sa.Date, lambda: DAY + timedelta(days=number)),
        (sa.Uuid, uuid.uuid4),
        (sa.JSON, list),
        (sa.Float, lambda: float(number)),
        (sa.Numeric, lambda: Decimal(number)),
    ):
        if isinstance(column.type, kind):
            return value()
    return NOW + timedelta(hours=number)


def _word(number: int, length: int | None) -> str:
    """`number` in three letters, as codes of currencies have, or in two where no more fit."""
    letters = ""
    for _ in range(min(length or 3, 3)):
        number, digit = divmod(number, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    return letters


def table(name: str) -> sa.Table:
    """The table of this name."""
    return TABLES[name]
