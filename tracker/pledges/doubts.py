"""What is seldom meant in a pledge and its money, said before it is saved (`reference.doubts` says how)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy


def of_charge(amount_minor: int, charge_minor: int) -> dict[str, Any]:
    """Banks kept more than what came in."""
    if charge_minor <= amount_minor:
        return {}
    return {"charge": lazy("The charges are more than what came in.")}


def of_due_days(days: Iterable[date], field: str) -> dict[str, Any]:
    """An instalment that was due before it is written down."""
    passed = [format_day(day) for day in sorted(set(days)) if day < today()]
    if not passed:
        return {}
    return {field: lazy("An instalment would be due on a day that has passed: %(days)s.", days=", ".join(passed))}
