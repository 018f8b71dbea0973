"""Working days in Vienna: what the clocks count.

Monday to Friday, less the holidays that the office keeps in its table. The day on which a clock starts is not
counted. A moment is first placed on its day in Vienna, so that a request sent late in the evening in New York
starts its clock on the Vienna day that has begun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import overload

from tracker.calendar.now import VIENNA

Pause = tuple[date | datetime, date | datetime | None]
"""From when to when a clock stood still; None while it still does."""

_DAY = timedelta(days=1)
_FAR = 4000
"""Days without a working day after which the holiday table itself must be wrong."""


def day_of(moment: date | datetime) -> date:
    """Return the day in Vienna of an aware moment; a day stays the day it is. Raises ValueError when naive."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(VIENNA).date()


def end_of(day: date) -> datetime:
    """Return the last second of a day in Vienna, in UTC: what is due on a day may come until then."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=VIENNA).astimezone(UTC)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Say whether the office works on that day."""
    return day.weekday() < 5 and day not in holidays


@overload
def add(start: datetime, days: int, holidays: Collection[date] = ()) -> datetime: ...
@overload
def add(start: date, days: int, holidays: Collection[date] = ()) -> date: ...
def add(start: date | datetime, days: int, holidays: Collection[date] = ()) -> date | datetime:
    """Return the day that lies `days` working days after the start (before it, when negative).

    The start is not counted; zero days gives the start itself or the next working day. A day gives a day; a moment
    gives the end of that day in Vienna, in UTC.
    """
    day = _step(day_of(start), days, _fast(holidays))
    return end_of(day) if isinstance(start, datetime) else day


def _step(day: date, days: int, holidays: Collection[date]) -> date:
    left, step, idle = abs(days), _DAY if days >= 0 else -_DAY, 0
    while left or not is_working_day(day, holidays):
        day += step
        if is_working_day(day, holidays):
            left, idle = max(left - 1, 0), 0
        elif (idle := idle + 1) > _FAR:
            raise ValueError("the holiday table leaves no working day")
    return day


def between(start: date | datetime, end: date | datetime, holidays: Collection[date] = ()) -> int:
    """Count the working days after the start up to and with the end; negative when the end comes first."""
    first, last = day_of(start), day_of(end)
    if last < first:
        return -between(last, first, holidays)
    weeks, rest = divmod((last - first).days, 7)
    weekdays = weeks * 5 + sum((first + _DAY * step).weekday() < 5 for step in range(1, rest + 1))
    return weekdays - sum(first < day <= last and day.weekday() < 5 for day in _fast(holidays))


def counted(
    start: date | datetime,
    end: date | datetime,
    pauses: Iterable[Pause] = (),
    holidays: Collection[date] = (),
) -> int:
    """Count the working days a clock has run from start to end, leaving out its pauses.

    A pause takes out the working days after the day it began up to and with the day it ended.
    """
    first, last = day_of(start), day_of(end)
    total = between(first, last, holidays)
    for began, ended in _merged(pauses, last):
        low, high = max(began, first), min(ended, last)
        if low < high:
            total -= between(low, high, holidays)
    return total


def due(
    start: date | datetime, days: int, pauses: Iterable[Pause] = (), holidays: Collection[date] = ()
) -> date | None:
    """Return the day on which a clock of so many working days runs out, or None while it is paused."""
    pauses = list(pauses)
    if any(ended is None for _, ended in pauses):
        return None
    first, holidays = day_of(start), _fast(holidays)
    day = _step(first, days, holidays)
    while (missing := days - counted(first, day, pauses, holidays)) > 0:
        day = _step(day, missing, holidays)
    return day


def _merged(pauses: Iterable[Pause], last: date) -> list[tuple[date, date]]:
    """Return pauses as days in order, overlapping ones joined, an open one ending on the last day."""
    spans = sorted((day_of(began), day_of(ended) if ended is not None else last) for began, ended in pauses)
    merged: list[tuple[date, date]] = []
    for began, ended in spans:
        if merged and began <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ended, merged[-1][1]))
        else:
            merged.append((began, ended))
    return merged


def _fast(holidays: Collection[date]) -> Collection[date]:
    return holidays if isinstance(holidays, frozenset | set) else frozenset(holidays)
