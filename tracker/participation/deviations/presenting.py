"""A journey that differs for private reasons, in sentences: the same for the desk, the settlement and the State."""

from datetime import date

from flask_babel import gettext as _

from tracker.languages.formatting import format_days, format_money
from tracker.money import FUND_CURRENCY
from tracker.participation.deviations.lifecycle import PAYS_MORE_LABELS, PaysMore
from tracker.participation.deviations.models import SeatDeviation


def deviation_in_words(one: SeatDeviation) -> list[str]:
    """The comparison, what the pledge pays, the private days, who bears the rest, and why."""
    said = [_("At the place of the session %(days)s.", days=format_days(one.arrives_on, one.leaves_on))]
    if one.route:
        said.append(_("By another route: %(route)s.", route=one.route))
    said += _compared(one)
    for first, last in _runs(sorted(one.days)):
        said.append(_("Private, without allowance: %(days)s.", days=format_days(first, last)))
    return [*said, _("Reason: %(reason)s", reason=one.reason)]


def _compared(one: SeatDeviation) -> list[str]:
    if one.fare_minor is None or one.comparable_minor is None:
        return []
    fare, most = (format_money(minor, FUND_CURRENCY) for minor in (one.fare_minor, one.comparable_minor))
    said = [_("The ticket costs %(fare)s, the cheapest official fare is %(most)s.", fare=fare, most=most)]
    if not one.above_minor:
        return [*said, _("The pledge pays the ticket.")]
    more = format_money(one.above_minor, FUND_CURRENCY)
    who = PAYS_MORE_LABELS[one.borne_by or PaysMore.DELEGATE]
    return [
        *said,
        _("The pledge pays %(most)s at most.", most=most),
        _("Above it: %(more)s, paid to the agency by the traveller, borne by: %(who)s.", more=more, who=who),
    ]


def _runs(days: list[date]) -> list[tuple[date, date]]:
    """Days one after the other as their first and last."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
