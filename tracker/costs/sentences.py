"""The reason of each part of an estimate, and what is missing, in the reader's language."""

from collections.abc import Callable
from decimal import Decimal

from flask_babel import gettext as _

from tracker.costs.advances import Advance
from tracker.costs.lines import Missing, Part
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_amount, format_day, format_days, format_number
from tracker.languages.marking import N_
from tracker.reference.names import state_name

PROVIDED = {
    "breakfast": N_("breakfast provided"),
    "lunch": N_("lunch provided"),
    "dinner": N_("dinner provided"),
    "lodging": N_("lodging provided"),
}

DAYS = {
    "night": "",
    "long_stay": N_("long stay"),
    "last_day": N_("day of departure"),
    "same_day": N_("there and back on one day"),
    "transit_night": N_("night on the way"),
    "private": N_("private day, no allowance"),
}


def explain(part: Part) -> str:
    """One part's reason: what was multiplied, by which rule, and where the rate comes from."""
    words = _days(part) if part.why in DAYS else OTHERS[part.why](part)
    return "; ".join(word for word in (words, _exchange(part), part.source) if word)


def explain_advance(advance: Advance) -> str:
    """Why so much of an allowance is paid before the journey: the share, the rule, its day and its source."""
    said: str = _(
        "%(percent)s%% of the allowance is paid in advance; rule %(rule)s of %(day)s; %(source)s",
        percent=format_number(advance.percent),
        rule=advance.rule_set,
        day=format_day(advance.valid_from),
        source=advance.source,
    )
    return said


def lacks(missing: Missing) -> str:
    """What the office has to fill, and for which days or place."""
    return MISSING[missing.what](missing)


def _days(part: Part) -> str:
    days = format_days(part.first, part.last)
    if not part.percent:
        return f"{days}: 0; {_(DAYS[part.why])}" if DAYS[part.why] else f"{days}: 0"
    rate = format_amount(part.unit, part.currency)
    if part.percent == 100:
        sum_ = _("%(count)s × %(rate)s", count=part.count, rate=rate)
    else:
        percent = format_number(part.percent)
        sum_ = _("%(count)s × %(percent)s%% of %(rate)s", count=part.count, percent=percent, rate=rate)
    rate_of = _("rate of %(place)s of %(year)s", place=part.place, year=part.year)
    why = [_(DAYS[part.why])] if DAYS[part.why] else []
    why += [_(PROVIDED[what]) for what in part.provided]
    rule = [_("rule %(rule)s", rule=part.rule_set)] if why else []
    return f"{days}: {sum_}, {'; '.join([rate_of, *rule, *why])}"


def _exchange(part: Part) -> str:
    if part.exchange is None:
        return ""
    units, day, source = part.exchange
    said: str = _(
        "%(units)s %(currency)s for one dollar, %(day)s, %(source)s",
        units=format_number(units, 6),
        currency=part.currency,
        day=format_day(day),
        source=source,
    )
    return said


def _each(part: Part) -> str:
    said: str = _("%(count)s × %(rate)s", count=part.count, rate=format_amount(part.unit, part.currency))
    return said


def _tariff(part: Part) -> str:
    km, over, up_to = (format_number(Decimal(one)) for one in part.km)
    said: str = _(
        "%(route)s, %(km)s km: half of %(fare)s, tariff of %(day)s for %(over)s to %(up_to)s km",
        route=part.place,
        km=km,
        fare=format_amount(part.unit, part.currency),
        day=format_day(part.first),
        over=over,
        up_to=up_to,
    )
    return said


OTHERS: dict[str, Callable[[Part], str]] = {
    "quotation": lambda part: _(
        "Quotation of %(amount)s, valid until %(day)s",
        amount=format_amount(part.unit, part.currency),
        day=format_day(part.last),
    ),
    "tariff": _tariff,
    "no_flight": lambda part: _("%(route)s: no flight", route=part.place),
    "terminal": lambda part: f"{part.place} {_each(part)}",
    "insurance": lambda part: _("For the journey"),
    "insurance_day": lambda part: _("%(sum)s, for each day of the journey", sum=_each(part)),
    "visa": lambda part: _("Visa for %(country)s", country=state_name(part.place, current_language())),
    "transit_visa": lambda part: _("Transit visa for %(country)s", country=state_name(part.place, current_language())),
    "consulate": lambda part: _(
        "Journey to the consulate of %(country)s", country=state_name(part.place, current_language())
    ),
    "no_visa": lambda part: _("No visa needed"),
    "contingency": lambda part: _("%(percent)s%% of the fare", percent=format_number(part.percent)),
}

MISSING: dict[str, Callable[[Missing], str]] = {
    "daily_rate": lambda one: _(
        "No daily rate for %(place)s on %(days)s", place=one.place, days=format_days(one.first, one.last)
    ),
    "exchange_rate": lambda one: _("No rate of exchange for %(currency)s", currency=one.currency),
    "tariff": lambda one: _("No tariff for %(route)s (%(km)s km)", route=one.place, km=format_number(one.km)),
    "terminal": lambda one: _("No terminal expenses for %(place)s", place=one.place),
    "insurance": lambda one: _("No rate of insurance for a journey to %(place)s", place=one.place),
    "visa_fee": lambda one: _(
        "The fee of the visa for %(country)s is not known", country=state_name(one.place, current_language())
    ),
    "payer": lambda _one: _("It is not said who pays this"),
    "airport": lambda _one: _("The airport of departure is not known"),
    "days": lambda _one: _("The travel days are not known"),
    "place": lambda _one: _("The place of the session is not known"),
    "rule_set": lambda one: _(
        "No rules of costs %(code)s were in force on %(day)s", code=one.place, day=format_day(one.first)
    ),
    "consulate_journey": lambda one: _(
        "It is not known what the journey to the consulate of %(country)s costs", country=one.place
    ),
}
