"""The book of costs as its page shows it: what is in force on a day, by the same choice that an estimate makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.costs.rates import DailyRate, FareBand, FlatAmount, Rates
from tracker.costs.rows import CABINS, What
from tracker.costs.rule_sets import PARAMETERS, PROVIDED, RuleSet, rule_set_on
from tracker.languages.marking import N_

PARAMETER_LABELS = {
    "last_day": N_("Day on which one leaves the last place"),
    "same_day": N_("Stay without a night"),
    "transit_night": N_("Night on the way"),
    "advance": N_("Paid in advance, of the allowance"),
    "contingency": N_("Contingency, of the fare"),
    "breakfast": N_("Taken off for a breakfast provided"),
    "lunch": N_("Taken off for a lunch provided"),
    "dinner": N_("Taken off for a dinner provided"),
    "lodging": N_("Taken off for lodging provided"),
}


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rule sets in force, and what each says, parameter by parameter; `days` are the first days of lower rates."""

    sets: tuple[RuleSet, ...]
    rows: tuple[tuple[str, tuple[Decimal, ...]], ...]
    days: tuple[tuple[int, tuple[Decimal, ...]], ...]


def rules_in_force(every: tuple[RuleSet, ...], day: date) -> RulesInForce:
    """The rule sets of a day beside each other."""
    found = (rule_set_on(every, code, day) for code in sorted({one.code for one in every}))
    sets = tuple(one for one in found if one is not None)
    rows = [(PARAMETER_LABELS[name], tuple(getattr(one, name) for one in sets)) for name in PARAMETERS]
    rows += [(PARAMETER_LABELS[what], tuple(one.provided[what] for one in sets)) for what in PROVIDED]
    firsts = sorted({first for one in sets for first, _ in one.long_stay})
    return RulesInForce(
        sets, tuple(rows), tuple((first, tuple(one.share_of_stay(first) for one in sets)) for first in firsts)
    )


def daily_in_force(rates: Rates, day: date) -> list[tuple[str, DailyRate | None]]:
    """Each place with its daily rate of a day (None: it has one in other seasons only), by city."""
    cities = {rate.airport: rate.city for rate in rates.daily}
    return [(place, rates.daily_on(place, day)) for place in sorted(cities, key=lambda place: (cities[place], place))]


def fares_in_force(rates: Rates, day: date) -> list[FareBand]:
    """The bands of the tariffs of a day, class by class."""
    found: list[FareBand] = []
    for cabin in CABINS:
        found += sorted(rates.fares_on(cabin, day), key=lambda band: band.over_km)
    return found


def flat_in_force(rates: Rates, day: date) -> list[FlatAmount]:
    """Terminal expenses and insurance of a day; everywhere first, then place by place."""
    keys: Iterable[tuple[str, str]] = sorted({(one.what, one.airport) for one in rates.flat})
    order = list(What)
    found = [rates.flat_on(what, place, day) for what, place in keys]
    return sorted((one for one in found if one), key=lambda one: (order.index(What(one.what)), one.airport))
