"""From which day to which day a statement goes: days in Vienna that are over. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tracker.calendar.now import VIENNA
from tracker.languages.marking import lazy


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day, both included."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        """The first moment that belongs to it."""
        return datetime.combine(self.first, time(), VIENNA)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), VIENNA)

    @property
    def before(self) -> date:
        """The day on which its opening stands."""
        return self.first - timedelta(days=1)


def day_after(last: date) -> date:
    """The day on which the statement begins that follows one which ended on `last`."""
    return last + timedelta(days=1)


def problem_of(period: Period, *, earliest: date, today: date) -> Any:
    """Why there is no statement of these days, or None."""
    if period.last >= today:
        return lazy("A statement ends on a day that is over.")
    if period.last < period.first:
        return lazy("The last day lies before the first.")
    if period.first < earliest:
        return lazy("There was no money before the first day that is offered here.")
    return None
