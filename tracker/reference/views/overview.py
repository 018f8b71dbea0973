"""The first settings page: what can be looked at and changed, with what holds today."""

from __future__ import annotations

from typing import Any

from flask import render_template

from tracker.calendar.now import today
from tracker.costs import queries as costs
from tracker.reference import queries
from tracker.reference.blueprint import settings
from tracker.reference.lifecycle import CLOCKS
from tracker.web.access import access


@settings.get("/")
@access("staff")
def index() -> Any:
    """Show every kind of reference data with a few words on what holds now."""
    ahead, _ = queries.upcoming_and_past()
    return render_template(
        "reference/index.html",
        ahead=len(ahead),
        open_sessions=len(queries.sessions_open_for_nomination()),
        areas=len(queries.areas()),
        days=queries.all_clock_days(),
        clocks=CLOCKS,
        next_holiday=min((day for day in queries.holiday_dates() if day >= today()), default=None),
        rates=len(queries.rates_in_force()),
        places=costs.places_with_rates(),
        support_rate=queries.support_rate(),
    )
