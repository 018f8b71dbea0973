"""Tables of dated facts: what States, sessions, areas, rates and rules were on a given day."""

from tracker.reference.models.lists import Airport, Area, ExistingProject, State
from tracker.reference.models.rules import ClockRule, DatedSetting, ExchangeRate, Holiday
from tracker.reference.models.sessions import Session

__all__ = [
    "Airport",
    "Area",
    "ClockRule",
    "DatedSetting",
    "ExchangeRate",
    "ExistingProject",
    "Holiday",
    "Session",
    "State",
]
