"""Rates of exchange and the rate of programme support cost."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import money
from tracker.calendar.now import today
from tracker.errors import Doubtful, Invalid, NotFound, TooLarge
from tracker.languages.marking import lazy
from tracker.reference import imports, queries, services
from tracker.reference.blueprint import settings
from tracker.reference.forms import RateForm, RatesFileForm, SettingForm
from tracker.reference.lifecycle import SETTINGS
from tracker.reference.policies import CHANGE_RATES, RATE_KEEPERS
from tracker.reference.views.saving import may_change, saved
from tracker.web.access import access, current_actor

OLD = 45
"""Days after which a rate is marked: operational rates change every month, and some in between."""
LARGEST_FILE = 1024 * 1024


@settings.get("/rates")
@access("staff")
def rates() -> Any:
    """Show the rates that hold today."""
    return _rates()


def _rates(form: RateForm | None = None, file_form: RatesFileForm | None = None) -> Any:
    may = may_change(CHANGE_RATES)
    return render_template(
        "reference/rates.html",
        rates=queries.rates_in_force(),
        today=today(),
        old=OLD,
        form=form or (RateForm(formdata=None) if may else None),
        file_form=file_form or (RatesFileForm(formdata=None) if may else None),
    )


@settings.post("/rates")
@access(*RATE_KEEPERS)
def add_rate() -> Any:
    """Add a rate from a day on."""
    form = RateForm()
    values = {name: form.data[name] for name in ("currency", "units_per_usd", "valid_from", "source")}
    if form.validate_on_submit() and saved(form, services.add_rate, **values):
        flash(_("The rate was added. What was counted with another keeps it."))
        return redirect(url_for(".rate", currency=form.currency.data))
    return _rates(form=form), 422


@settings.post("/rates-file")
@access(*RATE_KEEPERS)
def import_rates() -> Any:
    """Add the rates of a CSV, all of them or none."""
    form = RatesFileForm()
    if form.validate_on_submit():
        content = form.file.data.stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise TooLarge(lazy("The file is larger than %(size)d MB.", size=1))
        try:
            rows = imports.read_rates(content)
            added = services.import_rates(rows, key=form.key.data, actor=current_actor(), sure=form.is_sure)
        except Doubtful as doubtful:
            form.doubt(doubtful.fields)
        except Invalid as refusal:
            form.file.errors = _sentences(refusal)
        else:
            flash(ngettext("%(num)d rate was added.", "%(num)d rates were added.", added))
            return redirect(url_for(".rates"))
    return _rates(file_form=form), 422


def _sentences(refusal: Invalid) -> list[Any]:
    """Every sentence of a refusal, in the order in which the file has the rows."""
    return [
        sentence for words in refusal.fields.values() for sentence in (words if isinstance(words, list) else [words])
    ]


@settings.get("/rates/<currency>")
@access("staff")
def rate(currency: str) -> Any:
    """Show every rate that a currency has had."""
    if not money.is_currency(currency):
        raise NotFound
    return render_template(
        "reference/rate.html",
        currency=currency,
        rates=queries.rate_history(currency),
        may=may_change(CHANGE_RATES),
    )


@settings.get("/support-cost")
@access("staff")
def support_cost() -> Any:
    """Show the rate of programme support cost over time."""
    return _setting("support_rate", SettingForm(formdata=None) if may_change() else None)


def _setting(name: str, form: SettingForm | None) -> Any:
    return render_template(
        "reference/setting.html",
        setting=SETTINGS[name],
        rows=queries.setting_history()[name],
        value=queries.setting(name),
        form=form,
    )


@settings.post("/support-cost")
@access("administrator")
def set_support_cost() -> Any:
    """Set another rate of programme support cost from a day on."""
    form = SettingForm()
    values = {"value": form.value.data, "valid_from": form.valid_from.data}
    if form.validate_on_submit() and saved(form, services.set_setting, "support_rate", **values):
        flash(_("The new rate was added. Pledges accepted before keep theirs."))
        return redirect(url_for(".support_cost"))
    return _setting("support_rate", form), 422
