"""What happens to requests when the office changes its rules, in the transaction of that change."""

from typing import Any

from tracker.assistance import clocks
from tracker.events import Event, react
from tracker.reference.lifecycle import REQUEST_CLOCKS
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("reference.clock_changed", follow_rule)
    react("reference.holiday_added", count_anew)
    react("reference.holiday_ended", count_anew)


def follow_rule(event: Event, _rule: Any, _actor: Actor) -> None:
    """Running clocks get the days of the new rule; one that begins later is followed by the daily sweep."""
    if event.data["clock"] in REQUEST_CLOCKS:
        clocks.rule_changed(event.data["clock"])


def count_anew(_event: Event, _holiday: Any, _actor: Actor) -> None:
    """Running deadlines leave a new holiday out and count one again that was taken back; what has stopped stays."""
    clocks.holidays_changed()
