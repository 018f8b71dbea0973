"""The day in Vienna of a moment that stands in a row, for conditions that compare it with a date."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tracker.calendar.working_days import day_of


class DayInVienna(FunctionElement[Any]):
    """The day in Vienna of a column of moments, as a date."""

    type = sa.Date()
    inherit_cache = True


@compiles(DayInVienna, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(timezone('Europe/Vienna', {compiler.process(element.clauses, **options)}) AS DATE)"


@compiles(DayInVienna, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"day_in_vienna({compiler.process(element.clauses, **options)})"


def teach(connection: Any) -> None:
    """Give a connection of SQLite, which knows no time zones, the function that the condition calls."""
    connection.create_function("day_in_vienna", 1, _day_of_text, deterministic=True)


def _day_of_text(text: str | None) -> str | None:
    return None if text is None else day_of(datetime.fromisoformat(f"{text}+00:00")).isoformat()
