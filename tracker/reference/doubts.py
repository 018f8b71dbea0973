"""What is seldom meant when the office changes its rules, and what a change would move: said before it is saved."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.errors import Doubtful
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.reference.lifecycle import in_force_or_nearest
from tracker.reference.models import ExchangeRate
from tracker.reference.queries import rate_history

FAR = 100
"""A rate so many times above or below the one before is more often a slip than a rate."""

Foresee = Callable[[str, int], tuple[int, int]]
_foresee: list[Foresee] = []


def register(foresee: Foresee) -> None:
    """Let a higher room say how many running deadlines a clock of so many days would move, and how many of these would
    then be late."""
    if foresee not in _foresee:
        _foresee.append(foresee)


def unless(sure: bool, found: dict[str, Any]) -> None:
    """Raise Doubtful with these sentences, by field, unless the person has read them and is sure."""
    if found and not sure:
        raise Doubtful(fields=found)


def of_clock(clock: str, working_days: int) -> dict[str, Any]:
    """A clock of no days, and what the new number of days would move."""
    said = [lazy("A clock of 0 days ends on the day on which it starts.")] if working_days == 0 else []
    for foresee in _foresee:
        moved, late = foresee(clock, working_days)
        if moved:
            said.append(
                lazy("Running deadlines that would move: %(moved)d. Late at once: %(late)d.", moved=moved, late=late)
            )
    return {"working_days": said} if said else {}


def of_rate(currency: str, units_per_usd: Decimal, valid_from: date) -> dict[str, Any]:
    """A rate that is a hundred times off from the one before."""
    before: ExchangeRate | None = in_force_or_nearest(rate_history(currency), valid_from)
    if before is None or not (units_per_usd.is_finite() and units_per_usd > 0):
        return {}
    off = units_per_usd / before.units_per_usd
    if 1 / Decimal(FAR) < off < FAR:
        return {}
    return {
        "units_per_usd": lazy(
            "The rate before, of %(day)s, is %(units)s: this one is more than a hundred times off.",
            day=format_day(before.valid_from),
            units=f"{before.units_per_usd.normalize():f}",
        )
    }


def of_session(seats_funded: int | None, seats_per_state: int | None) -> dict[str, Any]:
    """More seats for each State than there are seats."""
    if seats_funded and seats_per_state and seats_per_state > seats_funded:
        return {"seats_per_state": lazy("That is more for each State than there are funded seats.")}
    return {}
