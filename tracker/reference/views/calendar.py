"""Holidays and clocks: what the office's deadlines are counted with."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.reference import queries, services
from tracker.reference.blueprint import settings
from tracker.reference.forms import ClockForm, HolidayForm
from tracker.reference.lifecycle import CLOCKS
from tracker.reference.views.saving import may_change, saved
from tracker.web.access import access


@settings.get("/holidays")
@access("staff")
def holidays() -> Any:
    """Show the holidays of a year."""
    return _holidays(HolidayForm(formdata=None) if may_change() else None)


def _holidays(form: HolidayForm | None) -> Any:
    asked = request.args.get("year", type=int) or today().year
    year = min(max(asked, 2000), 2150)
    return render_template(
        "reference/holidays.html",
        year=year,
        holidays=queries.holidays(year),
        form=form,
    )


@settings.post("/holidays")
@access("administrator")
def add_holiday() -> Any:
    """Add a day on which the clocks do not count."""
    form = HolidayForm()
    if form.validate_on_submit() and saved(
        form, services.add_holiday, day=form.day.data, name_en=form.name_en.data, name_fr=form.name_fr.data
    ):
        flash(_("The holiday was added."))
        return redirect(url_for(".holidays", year=form.day.data.year))
    return _holidays(form), 422


@settings.get("/clocks")
@access("staff")
def clocks() -> Any:
    """Show every clock with the days it gives today."""
    return render_template(
        "reference/clocks.html",
        clocks=CLOCKS,
        history=queries.clock_history(),
        days=queries.all_clock_days(),
        may=may_change(),
    )


@settings.get("/clocks/<clock>")
@access("staff")
def clock(clock: str) -> Any:
    """Show one clock's rules and, to administrators, the form for the next."""
    if clock not in CLOCKS:
        raise NotFound
    return _clock(clock, ClockForm(formdata=None) if may_change() else None)


def _clock(name: str, form: ClockForm | None) -> Any:
    return render_template(
        "reference/clock.html",
        name=name,
        clock=CLOCKS[name],
        rules=queries.clock_history()[name],
        days=queries.clock_days(name),
        form=form,
    )


@settings.post("/clocks/<clock>")
@access("administrator")
def set_clock(clock: str) -> Any:
    """Give a clock another number of days."""
    if clock not in CLOCKS:
        raise NotFound
    form = ClockForm()
    values = {"working_days": form.working_days.data, "valid_from": form.valid_from.data}
    if form.validate_on_submit() and saved(form, services.set_clock, clock, **values):
        flash(_("The new rule was added. Clocks that run already follow it from that day on."))
        return redirect(url_for(".clock", clock=clock))
    return _clock(clock, form), 422
