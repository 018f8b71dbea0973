"""Which lists a State is on, on a day: the only door to the columns behind it, so that no reader forgets the day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.extensions import db
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.reference.models import State

Day = date | sa.ColumnElement[date]
"""A day, or an expression that gives one for each row."""


def on_list(name: str, day: Day) -> sa.ColumnElement[bool]:
    """The condition that the State of the row is on a list on a day. A country that graduates from the least developed
    ones is one until the day before, also where today's list does not name it any more."""
    if name != "ldc":
        return _LISTED[name]
    ends = State._ldc_graduation_date
    return sa.or_(sa.and_(ends.is_(None), _LISTED[name]), sa.and_(ends.is_not(None), ends > day))


_LISTED: dict[str, Any] = {
    "ldc": State._ldc,
    "lldc": State._lldc,
    "sids": State._sids,
    "oda_eligible": State._oda_eligible,
}


def columns_on(day: Day) -> list[sa.Label[bool]]:
    """Columns of a select that joins States: one for each list, whether the row's State is on it on a day."""
    return [on_list(name, day).label(name) for name in COUNTRY_LISTS]


def lists_in(row: Any) -> frozenset[str]:
    """The names of the lists that a row of `columns_on` says yes to."""
    return frozenset(name for name in COUNTRY_LISTS if getattr(row, name))


def graduation() -> sa.Label[date | None]:
    """The day from which a State is no least developed country any more, as a column of a select."""
    return State._ldc_graduation_date.label("ldc_graduation_date")


def lists_of(iso3: str, day: date) -> frozenset[str]:
    """The lists that a State is on, on a day."""
    row = db.session.execute(sa.select(*columns_on(day)).where(State.iso3 == iso3)).one_or_none()
    return lists_in(row) if row is not None else frozenset()


def number_on(names: Sequence[str], day: date) -> int:
    """How many real States are on one of these lists on a day."""
    listed = sa.or_(*(on_list(name, day) for name in names))
    count = sa.select(sa.func.count()).select_from(State)
    return db.session.scalar(count.where(listed, State.invented.is_(False))) or 0
