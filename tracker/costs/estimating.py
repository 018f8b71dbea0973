"""The estimate of one seat: every line that the session pays, who pays it, and what is missing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from tracker.costs.advances import advance_of, share_of
from tracker.costs.allowance import allowance
from tracker.costs.converting import in_dollars
from tracker.costs.fares import fare
from tracker.costs.lines import Estimate, Line, LineKind, Missing, Part, Payer
from tracker.costs.rates import Rates
from tracker.costs.rule_sets import HUNDRED, RuleSet
from tracker.costs.trips import Trip, Visa


def estimate(
    trip: Trip,
    rules: RuleSet,
    rates: Rates,
    *,
    payers: Mapping[LineKind, Payer],
    paid: Collection[LineKind],
    on: date,
) -> Estimate:
    """What a seat costs as far as it is known on a day.

    `payers` names who pays each line of `paid`, the lines that the session's support covers; a line without a payer
    is a KeyError, never the fund's by default. Contingency is a share of the fare that the fund pays, so whoever
    pays the fare takes it over. Amounts are cents of the dollar, the advance is rounded half-even.
    """
    lines = {kind: line for kind, line in _lines(trip, rules, rates, payers, on) if kind in paid}
    if LineKind.CONTINGENCY in paid:
        lines[LineKind.CONTINGENCY] = _contingency(lines.get(LineKind.FARE), rules, payers[LineKind.CONTINGENCY])
    in_order = tuple(lines[kind] for kind in LineKind if kind in lines)
    daily = lines.get(LineKind.ALLOWANCE)
    return Estimate(in_order, _advance(daily, rules), rules.code, on)


def _lines(
    trip: Trip, rules: RuleSet, rates: Rates, payers: Mapping[LineKind, Payer], on: date
) -> Iterator[tuple[LineKind, Line]]:
    yield LineKind.FARE, fare(trip, rates, payers[LineKind.FARE], on)
    yield LineKind.ALLOWANCE, allowance(trip, rules, rates, payers[LineKind.ALLOWANCE])
    yield LineKind.TERMINALS, _terminals(trip, rates, payers[LineKind.TERMINALS])
    yield LineKind.VISA, _visa(trip, payers[LineKind.VISA])
    yield LineKind.INSURANCE, _insurance(trip, rates, payers[LineKind.INSURANCE])


def _terminals(trip: Trip, rates: Rates, payer: Payer) -> Line:
    """A flat amount for each end of each leg: the way between the airport and the town."""
    day = trip.stays[0].arrives
    ends: dict[str, int] = {}
    for leg in trip.legs:
        for airport in leg:
            ends[airport.iata] = ends.get(airport.iata, 0) + 1
    return _flat_line(LineKind.TERMINALS, "terminal", ends, rates, payer, day)


def _insurance(trip: Trip, rates: Rates, payer: Payer) -> Line:
    """A flat amount for each day of the journey where there is a rate for days, else one for all of it."""
    first = trip.stays[0]
    airport = first.airport.iata
    by_day = rates.flat_on("insurance_day", airport, first.arrives)
    what, count = ("insurance_day", trip.days) if by_day else ("insurance", 1)
    return _flat_line(LineKind.INSURANCE, what, {airport: count}, rates, payer, first.arrives)


def _flat_line(kind: LineKind, what: str, counts: Mapping[str, int], rates: Rates, payer: Payer, day: date) -> Line:
    found = [_flat(kind, what, airport, count, rates, day) for airport, count in counts.items()]
    parts = tuple(one for one in found if isinstance(one, Part))
    missing = tuple(one for one in found if isinstance(one, Missing))
    return Line(kind, payer, None if missing else sum(part.minor for part in parts), parts, missing)


def _flat(kind: LineKind, what: str, airport: str, count: int, rates: Rates, day: date) -> Part | Missing:
    flat = rates.flat_on(what, airport, day)
    if flat is None:
        return Missing(kind, what, place=airport, first=day)
    in_fund = in_dollars(flat.amount, flat.currency, rates)
    if in_fund is None:
        return Missing(kind, "exchange_rate", currency=flat.currency)
    return Part(
        what,
        count=count,
        unit=flat.amount,
        currency=flat.currency,
        percent=HUNDRED,
        minor=in_fund[0] * count,
        source=flat.source,
        place=airport,
        first=flat.effective_from,
        exchange=in_fund[1],
    )


def _visa(trip: Trip, payer: Payer) -> Line:
    """Every visa that is needed, with the journey to its consulate; none needed is 0 and said."""
    parts = tuple(part for visa in trip.visas for part in _visa_parts(visa))
    missing = tuple(one for visa in trip.visas for one in _visa_missing(visa))
    if not trip.visas:
        parts = (Part("no_visa", 1, 0, "USD", HUNDRED, 0, source=""),)
    return Line(LineKind.VISA, payer, None if missing else sum(part.minor for part in parts), parts, missing)


def _visa_parts(visa: Visa) -> Iterator[Part]:
    amounts = {"transit_visa" if visa.transit else "visa": visa.fee, "consulate": visa.journey}
    for why, cents in amounts.items():
        if cents is not None:
            yield Part(why, 1, cents, "USD", HUNDRED, cents, source=visa.source, place=visa.country_iso3)


def _visa_missing(visa: Visa) -> Iterator[Missing]:
    if visa.fee is None:
        yield Missing(LineKind.VISA, "visa_fee", place=visa.country_iso3)
    if visa.journey is None:
        yield Missing(LineKind.VISA, "consulate_journey", place=visa.country_iso3)


def _contingency(fare_line: Line | None, rules: RuleSet, payer: Payer) -> Line:
    if fare_line is not None and fare_line.from_fund is None:
        return Line(LineKind.CONTINGENCY, payer, None)
    of_fare = fare_line.from_fund or 0 if fare_line else 0
    cents = share_of(of_fare, rules.contingency)
    part = Part("contingency", 1, of_fare, "USD", rules.contingency, cents, source=rules.source, rule_set=rules.code)
    return Line(LineKind.CONTINGENCY, payer, cents, (part,))


def _advance(daily: Line | None, rules: RuleSet) -> int | None:
    if daily is None:
        return 0
    return None if daily.from_fund is None else advance_of(daily.from_fund, rules).minor
