"""What a settlement says of the days, in words: what others provided, and what the travel desk corrected since."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.costs.sentences import PROVIDED as PROVIDED_LABELS
from tracker.languages.formatting import format_day, format_money
from tracker.languages.marking import N_
from tracker.money import FUND_CURRENCY
from tracker.participation.settling.outdated import Change

FACT_LABELS = {
    "first_day": N_("First day at the place of the session"),
    "last_day": N_("Last day there"),
    "provided": N_("What others provided"),
    "ticket_minor": N_("Fare of the ticket"),
}


def provided_in_words(kept: Mapping[str, Iterable[str]]) -> str:
    """What others provided, day by day."""
    days = (f"{_day(day)}: {', '.join(_(PROVIDED_LABELS[name]) for name in names)}" for day, names in kept.items())
    return "; ".join(days) or _("nothing")


def in_words(change: Change) -> str:
    """What the desk said when it was entered what is due, and what it says now."""
    said = {"fact": _(FACT_LABELS[change.fact]), "then": _value(change, change.then), "now": _value(change, change.now)}
    return _("%(fact)s: %(then)s when it was entered, now %(now)s.", **said)


def _value(change: Change, value: Any) -> str:
    if change.fact == "provided":
        return provided_in_words(value or {})
    if value is None:
        return _("not recorded")
    return format_money(value, FUND_CURRENCY) if change.fact == "ticket_minor" else _day(value)


def _day(text: str) -> str:
    return str(format_day(date.fromisoformat(text)))
