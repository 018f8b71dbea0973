"""Ending a row of reference data: a page that says what will happen, then the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.database.seen import version_of
from tracker.errors import Conflict
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day
from tracker.reference import queries, services
from tracker.reference.blueprint import settings
from tracker.reference.forms import EndForm
from tracker.reference.models import Area, ExchangeRate, Holiday
from tracker.reference.policies import RATE_KEEPERS
from tracker.web.access import access, sent_before
from tracker.web.components import labelled
from tracker.web.confirmation import confirmed


@dataclass(frozen=True, slots=True)
class Ending:
    """What the page says: its title, what is ended, its button, what will happen, and where it leads back to."""

    title: str
    subject: str
    submit: str
    will: list[tuple[str, bool]]
    above: str
    back: str
    done: str


@settings.route("/areas/<int:area_id>/end", methods=["GET", "POST"])
@access("administrator")
def end_area(area_id: int) -> Any:
    """End an area."""
    area = queries.get_row(Area, area_id)
    ending = Ending(
        title=_("End this area?"),
        subject=f"{area.code} {area.name('fr' if current_language() == 'fr' else 'en')}",
        submit=_("End the area"),
        will=[
            (_("States can no longer choose it, and its code cannot be used again."), False),
            (_("Requests that name it keep it."), True),
        ],
        above=_("Areas of assistance"),
        back=url_for(".areas"),
        done=_("The area was ended. Requests that name it keep it."),
    )
    return _confirmed(area, area.ended_on, ending, services.end_area)


@settings.route("/holidays/<int:holiday_id>/end", methods=["GET", "POST"])
@access("administrator")
def end_holiday(holiday_id: int) -> Any:
    """Take a holiday back."""
    holiday = queries.get_row(Holiday, holiday_id)
    ending = Ending(
        title=_("Take this holiday back?"),
        subject=labelled(format_day(holiday.day, "full"), holiday.name(current_language())),
        submit=_("Take back"),
        will=[(_("The clocks count the day again."), False), (_("It can be added again at any time."), True)],
        above=_("Holidays"),
        back=url_for(".holidays", year=holiday.day.year),
        done=_("The holiday was taken back: the clocks count the day again."),
    )
    return _confirmed(holiday, holiday.ended_at, ending, services.end_holiday)


@settings.route("/rates/<int:rate_id>/end", methods=["GET", "POST"])
@access(*RATE_KEEPERS)
def end_rate(rate_id: int) -> Any:
    """End a rate after today."""
    rate = queries.get_row(ExchangeRate, rate_id)
    ending = Ending(
        title=_("End this rate?"),
        subject=_("%(currency)s, since %(day)s", currency=rate.currency, day=format_day(rate.valid_from)),
        submit=_("End the rate"),
        will=[
            (
                _("The currency has no rate from tomorrow on until one is added; no request can use it meanwhile."),
                False,
            ),
            (_("Amounts that were converted already keep their rate."), True),
        ],
        above=_("Rates of exchange"),
        back=url_for(".rate", currency=rate.currency),
        done=_("The rate was ended. The currency has none from tomorrow on until you add one."),
    )
    return _confirmed(rate, rate.ended_on, ending, services.end_rate)


def _confirmed(row: Any, ended: Any, ending: Ending, act: Callable[..., None]) -> Any:
    """Show the page, or end the row and lead back; what was ended already is not asked about again."""
    form = EndForm(version=version_of(row))

    def still_in_force() -> None:
        if ended is not None and not sent_before():
            raise Conflict(_("This was ended already."))

    return confirmed(
        form,
        lambda **by: act(row.id, version=form.version_number, **by),
        allow=still_in_force,
        page=lambda: render_template("reference/end.html", form=form, ending=ending),
        done=ending.done,
        lead=lambda _outcome: ending.back,
    )
