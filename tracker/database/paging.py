"""Next and previous by the values of the last row instead of by number: the thousandth page costs what the first does,
and a row that comes or goes meanwhile moves no other row from one page to the next."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from tracker.database.columns import UtcDateTime


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. Rows without a value come last, whichever way the order runs."""

    column: Any
    descending: bool = False
    nullable: bool = False

    def order(self, backwards: bool) -> Any:
        """The ORDER BY term, turned round for reading backwards."""
        falls = self.descending != backwards
        term = self.column.desc() if falls else self.column.asc()
        if not self.nullable:
            return term
        return term.nulls_first() if backwards else term.nulls_last()

    def beyond(self, value: Any, backwards: bool) -> sa.ColumnElement[bool]:
        """Rows whose value stands after `value` (before it, when reading backwards)."""
        if value is None:
            return self.column.is_not(None) if backwards else sa.false()
        falls = self.descending != backwards
        further = self.column < value if falls else self.column > value
        return sa.or_(further, self.column.is_(None)) if self.nullable and not backwards else further

    def same(self, value: Any) -> sa.ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value


def beyond(keys: tuple[Key, ...], values: list[Any], *, backwards: bool) -> sa.ColumnElement[bool]:
    """The condition for rows that come after (or before) the row with these values, in the order of `keys`."""
    steps = []
    for position, key in enumerate(keys):
        equal = [earlier.same(values[i]) for i, earlier in enumerate(keys[:position])]
        steps.append(sa.and_(*equal, key.beyond(values[position], backwards)))
    return sa.or_(*steps)


def write_cursor(values: list[Any]) -> str:
    """The values of a row's keys as a word for the address."""
    plain = [["t", v.astimezone(UTC).isoformat()] if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(text: str, keys: tuple[Key, ...]) -> list[Any] | None:
    """The values in a cursor; None when it is not one of these keys (then the first page is shown)."""
    try:
        plain = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        values = [datetime.fromisoformat(v[1]) if isinstance(v, list) else v for v in plain]
    except (ValueError, binascii.Error, TypeError, IndexError, RecursionError):
        return None
    if len(values) != len(keys):
        return None
    return values if all(_fits(key, value) for key, value in zip(keys, values, strict=True)) else None


def _fits(key: Key, value: Any) -> bool:
    """Whether the database can compare this value with the column; addresses are written by anybody."""
    if value is None:
        return key.nullable
    if isinstance(key.column.type, UtcDateTime):
        return isinstance(value, datetime) and value.tzinfo is not None
    if key.column.type.python_type is int:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return isinstance(value, str) and "\x00" not in value
