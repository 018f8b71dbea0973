"""Types of columns that behave alike on both engines."""

import enum
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Minor = Annotated[int, mapped_column(sa.BigInteger)]
"""An amount in minor units of its currency."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both engines (SQLite has no zones of its own)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone was about to be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def pk() -> Mapped[int]:
    """The integer primary key that every table has."""
    return mapped_column(BigId, primary_key=True, autoincrement=True)


def public_id() -> Mapped[uuid.UUID]:
    """The random id that addresses carry; nothing can be guessed from it."""
    return mapped_column(sa.Uuid, unique=True, default=uuid.uuid4)


def moment(**options: Any) -> Mapped[datetime]:
    """A column for an aware moment."""
    return mapped_column(UtcDateTime, **options)


def enum_check(column: str, values: Sequence[str] | type[enum.StrEnum], name: str | None = None) -> sa.CheckConstraint:
    """A CHECK that a text column holds one of `values`."""
    listed = ", ".join("'" + str(getattr(v, "value", v)) + "'" for v in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_known")
