"""One clock from its start to its end, without a database. Its due day and the days that it used always follow from
its start, its rule, its pauses and the office's holidays, so that no step has to remember what another did."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from tracker.calendar import working_days
from tracker.calendar.working_days import Pause, day_of


def pauses_of(clock: Any) -> list[Pause]:
    """The days on which the clock stood still; None ends a pause that lasts."""
    over: list[Pause] = [(date.fromisoformat(began), date.fromisoformat(ended)) for began, ended in clock.pauses or ()]
    return over if clock.paused_at is None else [*over, (day_of(clock.paused_at), None)]


def due_moment(clock: Any, free: Collection[date], days: int | None = None) -> datetime | None:
    """When the clock runs out by its rule: the end of the day on which it has run its working days, pauses not
    counted, or by a rule of other `days`; None while it stands still."""
    days = clock.working_days if days is None else days
    due_on = working_days.due(clock.started_at, days, pauses_of(clock), free)
    return None if due_on is None else working_days.end_of(due_on)


def days_used(clock: Any, until: date | datetime, free: Collection[date]) -> int:
    """On how many working days the clock has run until a moment; days on which it stood still never count."""
    return working_days.counted(clock.started_at, until, pauses_of(clock), free)


def start(clock: Any, free: Collection[date]) -> None:
    """Place the end of a clock that begins or whose rule or holidays changed; a day that the office gave stays."""
    if clock.due_before is None:
        clock.due_at = due_moment(clock, free)


def stand_still(clock: Any, at: datetime, by_id: int | None) -> None:
    """Begin a pause that somebody caused."""
    clock.paused_at, clock.paused_by_id, clock.due_at = at, by_id, None


def go_on(clock: Any, at: datetime, free: Collection[date]) -> None:
    """End the pause: the working days after the day on which it began, up to and with this one, are left out."""
    clock.pauses = [*(clock.pauses or ()), [day_of(clock.paused_at).isoformat(), day_of(at).isoformat()]]
    clock.paused_at = clock.paused_by_id = None
    clock.due_at = due_moment(clock, free)


def end(clock: Any, at: datetime, free: Collection[date]) -> None:
    """Stop the clock for good, with the days that it used, its due day, and whether it was `met`."""
    if clock.paused_at is not None:
        go_on(clock, at, free)
    clock.stopped_at, clock.days_used = at, days_used(clock, at, free)
    clock.met = at <= clock.due_at
