"""The daily subsistence allowance of a journey, day by day, equal days in a row as one part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, zip_longest

from tracker.costs.converting import in_dollars
from tracker.costs.lines import Line, LineKind, Missing, Part, Payer
from tracker.costs.rates import DailyRate, Rates
from tracker.costs.rule_sets import HUNDRED, MEALS, RuleSet
from tracker.costs.trips import Stay, Trip


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the journey: the place whose rate counts, and the share of it that is due with its reason."""

    date: date
    airport: str
    why: str
    percent: Decimal
    provided: tuple[str, ...] = ()


def days_of(trip: Trip, rules: RuleSet) -> Iterator[Day]:
    """Every day that may carry allowance, in order: nights out, each stay with the way to the next, nights back."""
    first, last = trip.stays[0], trip.stays[-1]
    yield from _on_the_way(first.arrives - timedelta(days=trip.nights_out), first.arrives, first, rules)
    for stay, following in zip_longest(trip.stays, trip.stays[1:]):
        yield from _at(stay, rules, is_last=following is None, nights_back=trip.nights_back)
        if following is not None:
            yield from _on_the_way(stay.leaves, following.arrives, following, rules)
    if trip.nights_back:
        yield from _on_the_way(last.leaves, last.leaves + timedelta(days=trip.nights_back), last, rules)


def _at(stay: Stay, rules: RuleSet, *, is_last: bool, nights_back: int) -> Iterator[Day]:
    leaves = _leaves_officially(stay) if is_last and not nights_back else stay.leaves
    nights = [day for day in stay.nights if day < leaves]
    for number, day in enumerate(nights, start=1):
        share = rules.share_of_stay(number)
        yield _day(stay, day, "night" if share == HUNDRED else "long_stay", share, rules)
    if not nights:
        yield _day(stay, stay.arrives, "same_day", rules.same_day, rules)
    elif is_last and not nights_back:
        share = rules.share_of_stay(len(nights) + 1)
        yield _day(stay, leaves, "last_day", rules.last_day * share / HUNDRED, rules)
    for number in range((stay.leaves - leaves).days):
        yield Day(leaves + timedelta(days=number + 1), stay.airport.iata, "private", Decimal(0))


def _leaves_officially(stay: Stay) -> date:
    """The day on which one leaves the last place for the fund: the last one that is not private. Whoever stays on for
    reasons of their own has no night there for it."""
    official = [day for day in (*stay.nights, stay.leaves) if day not in stay.private]
    return max(official, default=stay.leaves)


def _day(stay: Stay, day: date, why: str, percent: Decimal, rules: RuleSet) -> Day:
    """A day less what is provided on it, in percent of its own rate; never below nothing. Lodging is taken off only
    where a night follows. Private days carry no allowance."""
    if day in stay.private:
        return Day(day, stay.airport.iata, "private", Decimal(0))
    counted = stay.provided.get(day, frozenset())
    if why in ("last_day", "same_day"):
        counted = counted & frozenset(MEALS)
    share = rules.share_of_stay((day - stay.arrives).days + 1)
    left = max(Decimal(0), percent - rules.taken_off(counted) * share / HUNDRED)
    return Day(day, stay.airport.iata, why, left, tuple(sorted(counted)))


def _on_the_way(start: date, end: date, following: Stay, rules: RuleSet) -> Iterator[Day]:
    for number in range((end - start).days):
        yield Day(start + timedelta(days=number), following.airport.iata, "transit_night", rules.transit_night)


def allowance(trip: Trip, rules: RuleSet, rates: Rates, payer: Payer) -> Line:
    """The allowance line: each day rounded half-even to cents, equal days in a row shown as one part."""
    priced = [(day, rates.daily_on(day.airport, day.date)) for day in days_of(trip, rules)]
    missing = tuple(_missing(priced))
    parts = tuple(_parts(priced, rules, rates))
    lacking = tuple(dict.fromkeys(part for part in parts if isinstance(part, Missing)))
    known = tuple(part for part in parts if isinstance(part, Part))
    value = None if missing or lacking else sum(part.minor for part in known)
    return Line(LineKind.ALLOWANCE, payer, value, known, missing + lacking)


def _missing(priced: list[tuple[Day, DailyRate | None]]) -> Iterator[Missing]:
    """The days without a rate, place by place. A day that is worth nothing needs none."""
    without = [day for day, rate in priced if rate is None and day.percent]
    for airport, days in groupby(without, key=lambda day: day.airport):
        dates = [day.date for day in days]
        yield Missing(LineKind.ALLOWANCE, "daily_rate", airport, min(dates), max(dates))


def _parts(priced: list[tuple[Day, DailyRate | None]], rules: RuleSet, rates: Rates) -> Iterator[Part | Missing]:
    def alike(one: tuple[Day, DailyRate | None]) -> tuple[object, ...]:
        day, rate = one
        return day.airport, day.why, day.percent, day.provided, rate

    for _, run in groupby(priced, key=alike):
        group = list(run)
        days, rate = [day for day, _ in group], group[0][1]
        if rate is not None:
            yield _part(days, rate, rules, rates)
        elif not days[0].percent:
            yield _nothing(days, rules)


def _part(days: list[Day], rate: DailyRate, rules: RuleSet, rates: Rates) -> Part | Missing:
    day = days[0]
    each = in_dollars(rate.per_day, rate.currency, rates, share=day.percent)
    if each is None:
        return Missing(LineKind.ALLOWANCE, "exchange_rate", currency=rate.currency)
    minor, exchange = each
    return Part(
        day.why,
        count=len(days),
        unit=rate.per_day,
        currency=rate.currency,
        percent=day.percent,
        minor=minor * len(days),
        source=rate.source,
        place=rate.city,
        first=day.date,
        last=days[-1].date,
        year=rate.year,
        rule_set=rules.code,
        provided=day.provided,
        exchange=exchange,
    )


def _nothing(days: list[Day], rules: RuleSet) -> Part:
    return Part(
        days[0].why,
        count=len(days),
        unit=0,
        currency="USD",
        percent=Decimal(0),
        minor=0,
        source=rules.source,
        place=days[0].airport,
        first=days[0].date,
        last=days[-1].date,
        rule_set=rules.code,
    )
