"""From which day to which day an address asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from tracker.calendar.now import today
from tracker.languages.marking import lazy
from tracker.statements.periods import Period, problem_of

FIRST, LAST = "first", "last"


@dataclass(frozen=True, slots=True)
class Asked:
    """The days for which a statement is shown; None where no day is over yet. `problem` says why those that the
    address asks for are not shown, `first` and `last` are what it says."""

    period: Period | None
    first: str
    last: str
    problem: Any = None

    @property
    def query(self) -> dict[str, str]:
        """The parts of an address that ask for the same days."""
        return {FIRST: self.first, LAST: self.last}


def asked(earliest: date, usual_first: date | None = None) -> Asked:
    """The days that the address asks for; without any from the usual first day (the earliest) to yesterday."""
    yesterday = today() - timedelta(days=1)
    if yesterday < earliest:
        return Asked(None, "", "")
    first = usual_first if usual_first is not None and usual_first <= yesterday else earliest
    usual = Period(first, yesterday)
    texts = [request.args.get(name, "") for name in (FIRST, LAST)]
    if not any(texts):
        return Asked(usual, usual.first.isoformat(), usual.last.isoformat())
    days = [_day(text, day) for text, day in zip(texts, (usual.first, usual.last), strict=True)]
    if None in days:
        return Asked(usual, texts[0], texts[1], lazy("Enter both days as real dates."))
    period = Period(*(day for day in days if day is not None))
    problem = problem_of(period, earliest=earliest, today=today())
    if problem is not None:
        return Asked(usual, texts[0], texts[1], problem)
    return Asked(period, period.first.isoformat(), period.last.isoformat())


def _day(text: str, usual: date) -> date | None:
    """The day in a text, the usual one where it is empty, None where it is none."""
    if not text:
        return usual
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
