"""The fare of a journey: an agency's quotation while it is held, else a dated tariff on the distance of each leg."""

from datetime import date
from decimal import Decimal

from geographiclib.geodesic import Geodesic

from tracker.costs.converting import in_dollars
from tracker.costs.lines import Line, LineKind, Missing, Part, Payer
from tracker.costs.rates import Rates
from tracker.costs.rule_sets import HUNDRED
from tracker.costs.trips import Airport, Quotation, Trip

HALF = HUNDRED / 2


def kilometres(one: Airport, other: Airport) -> int:
    """The shortest way between two airports over the ellipsoid WGS 84, in whole kilometres."""
    line = Geodesic.WGS84.Inverse(one.latitude, one.longitude, other.latitude, other.longitude, Geodesic.DISTANCE)
    metres: float = line["s12"]
    return round(metres / 1000)


def fare(trip: Trip, rates: Rates, payer: Payer, on: date) -> Line:
    """The fare line as it can be said on a day: a quotation that is no longer held gives way to the tariff."""
    if trip.quotation and trip.quotation.valid_until >= on:
        found = [_quoted(trip.quotation, rates)]
    else:
        found = [_leg(one, other, trip, rates, on) for one, other in trip.legs]
    parts = tuple(one for one in found if isinstance(one, Part))
    missing = tuple(dict.fromkeys(one for one in found if isinstance(one, Missing)))
    value = None if missing else sum(part.minor for part in parts)
    return Line(LineKind.FARE, payer, value, parts, missing)


def _quoted(quotation: Quotation, rates: Rates) -> Part | Missing:
    in_fund = in_dollars(quotation.amount, quotation.currency, rates)
    if in_fund is None:
        return Missing(LineKind.FARE, "exchange_rate", currency=quotation.currency)
    return Part(
        "quotation",
        count=1,
        unit=quotation.amount,
        currency=quotation.currency,
        percent=HUNDRED,
        minor=in_fund[0],
        source=quotation.source,
        last=quotation.valid_until,
        exchange=in_fund[1],
    )


def _leg(one: Airport, other: Airport, trip: Trip, rates: Rates, on: date) -> Part | Missing:
    km = kilometres(one, other)
    route = f"{one.iata}–{other.iata}"
    if km == 0:
        return Part("no_flight", 1, 0, "USD", Decimal(0), 0, source="", place=route, km=(0,))
    band = rates.fare_on(trip.cabin, km, on)
    if band is None:
        return Missing(LineKind.FARE, "tariff", place=route, km=km)
    in_fund = in_dollars(band.amount, band.currency, rates, share=HALF)
    if in_fund is None:
        return Missing(LineKind.FARE, "exchange_rate", currency=band.currency)
    return Part(
        "tariff",
        count=1,
        unit=band.amount,
        currency=band.currency,
        percent=HALF,
        minor=in_fund[0],
        source=band.source,
        place=route,
        first=band.effective_from,
        km=(km, band.over_km, band.up_to_km),
        exchange=in_fund[1],
    )
