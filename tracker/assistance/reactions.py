"""What happens to requests when the office changes its rules, in the transaction of that change."""

from datetime import date
from typing import Any

from tracker.assistance import clocks
from tracker.events import Event, react
from tracker.reference.lifecycle import REQUEST_CLOCKS
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("reference.clock_changed", follow_rule)
    react("reference.holiday_added", leave_day_out)
    react("reference.holiday_ended", count_day_again)


def follow_rule(event: Event, _rule: Any, _actor: Actor) -> None:
    """Running clocks get the days of the new rule; one that begins later is followed by the daily sweep."""
    if event.data["clock"] in REQUEST_CLOCKS:
        clocks.rule_changed(event.data["clock"])


def leave_day_out(event: Event, _holiday: Any, _actor: Actor) -> None:
    """Deadlines behind a new holiday move by a day."""
    clocks.holidays_changed(clocks.holidays() - {date.fromisoformat(event.data["day"])})


def count_day_again(event: Event, _holiday: Any, _actor: Actor) -> None:
    """Deadlines behind a holiday that was taken back come a day earlier."""
    clocks.holidays_changed(clocks.holidays() | {date.fromisoformat(event.data["day"])})
