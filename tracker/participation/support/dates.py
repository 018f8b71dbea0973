"""On which day each step of a session is, counted back from its first day, and which of them are late. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.calendar.working_days import end_of
from tracker.participation.support.lifecycle import STEPS


@dataclass(frozen=True, slots=True)
class StepDay:
    """A step on its day. `days` is how many days before the first day it lies, `state` one of "done", "late" (its day
    has passed without it), "next" (the first that is ahead), "ahead", "past" (nothing is known of it and the session
    has begun) and "open" (its day is not known). `late_by` counts the days that a step which is late or done took more.
    """

    name: str
    days: int | None
    day: date | None
    is_fixed: bool
    state: str
    late_by: int

    @property
    def ends_at(self) -> datetime | None:
        """The moment at which the day ends in Vienna."""
        return end_of(self.day) if self.day else None


def day_of(name: str, starts_on: date | None, days: Mapping[str, int], fixed: Mapping[str, date | None]) -> date | None:
    """The day of a step: the one that was fixed, else counted back; None while neither is known."""
    return fixed.get(name) or counted_back(starts_on, days[name])


def counted_back(starts_on: date | None, days: int) -> date | None:
    """The day that lies so many days before the first day; None while that is not known."""
    return starts_on - timedelta(days=days) if starts_on else None


def step_days(
    starts_on: date | None,
    days: Mapping[str, int],
    fixed: Mapping[str, date | None],
    *,
    done: Mapping[str, date],
    today: date,
) -> tuple[StepDay, ...]:
    """Every step on its day, as it stands on `today`. `done` names those that have taken place, with the day."""
    found: list[StepDay] = []
    begun = starts_on is not None and starts_on <= today
    for name in STEPS:
        day = day_of(name, starts_on, days, fixed)
        is_next = not any(step.state == "next" for step in found)
        state = "done" if name in done else _state(day, today, begun=begun, is_next=is_next)
        until = done.get(name, today)
        found.append(
            StepDay(
                name=name,
                days=(starts_on - day).days if starts_on and day else None,
                day=day,
                is_fixed=day != counted_back(starts_on, days[name]),
                state=state,
                late_by=max(0, (until - day).days) if day and state in ("late", "done") else 0,
            )
        )
    return tuple(found)


def _state(day: date | None, today: date, *, begun: bool, is_next: bool) -> str:
    """How a step stands that has not taken place as far as is known."""
    if day is None:
        return "open"
    if day < today:
        return "past" if begun else "late"
    return "next" if is_next else "ahead"
