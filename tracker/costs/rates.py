"""Dated rates: the daily subsistence allowance of a place, fares by distance, flat amounts. The newest that suits a
day is the one in force; a season comes back each year until a newer row of its place does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Protocol, TypeVar

from tracker.costs.rows import OWN


class _Dated(Protocol):
    @property
    def effective_from(self) -> date: ...


Row = TypeVar("Row", bound=_Dated)


@dataclass(frozen=True, slots=True)
class DailyRate:
    """The allowance for one day at the place that an airport serves, in minor units of `currency`.

    `season` (first and last day) counts by month and day and comes back each year; None is the whole year. `kind` says
    whether the office imported the row (`rows.OWN`).
    """

    airport: str
    city: str
    per_day: int
    currency: str
    effective_from: date
    season: tuple[date, date] | None
    kind: str
    source: str

    def suits(self, airport: str, day: date) -> bool:
        """In force at that place on that day, as far as this row alone can say."""
        return (
            self.airport == airport
            and self.effective_from <= day
            and (not self.season or _in_season(day, *self.season))
        )

    @property
    def year(self) -> int:
        """The year for which the row was made: that of its season, or of its first day."""
        return (self.season[0] if self.season else self.effective_from).year


def _in_season(day: date, first: date, last: date) -> bool:
    begins, ends = (first.month, first.day), (last.month, last.day)
    if (last + timedelta(days=1)).month == 3 and last.month == 2:
        ends = (2, 29)  # a season that ends with February ends with it in a leap year too
    within = (day.month, day.day)
    return begins <= within <= ends if begins <= ends else within >= begins or within <= ends


@dataclass(frozen=True, slots=True)
class FareBand:
    """The tariff of a return ticket in one cabin between two airports at `over_km` < distance <= `up_to_km`, in minor
    units of `currency`; a single journey costs half of it."""

    cabin: str
    over_km: int
    up_to_km: int
    amount: int
    currency: str
    effective_from: date
    source: str


@dataclass(frozen=True, slots=True)
class FlatAmount:
    """A dated amount for `what` at an airport; an empty airport is for all that have no row of their own.

    "terminal" is the way between airport and town, once for each end of a leg; "insurance" is for a journey,
    "insurance_day" for each of its days; "visa" is the fee of a visa for the country of the airport, "consulate" the
    journey to where it is had.
    """

    what: str
    airport: str
    amount: int
    currency: str
    effective_from: date
    source: str


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Units of a currency for one dollar of the fund, with its day and source."""

    units_per_usd: Decimal
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate that may be asked for one estimate; which kinds of row are in it is the caller's choice."""

    daily: tuple[DailyRate, ...] = ()
    fares: tuple[FareBand, ...] = ()
    flat: tuple[FlatAmount, ...] = ()
    exchange: Mapping[str, ExchangeRate] = field(default_factory=dict)

    def with_rows(self, other: "Rates") -> "Rates":
        """These and other rows, at the same rates of exchange."""
        return Rates(self.daily + other.daily, self.fares + other.fares, self.flat + other.flat, self.exchange)

    def daily_on(self, airport: str, day: date) -> DailyRate | None:
        """The allowance at a place on a day; None where no row covers it. What the office imported goes before what
        was delivered; of rows from one day, the one for a part of the year before the one for all of it."""
        return max((rate for rate in self.daily if rate.suits(airport, day)), key=_precedence, default=None)

    def fare_on(self, cabin: str, km: float, day: date) -> FareBand | None:
        """The tariff for a distance on a day: bands of the newest tariff of that cabin only."""
        return next((band for band in self.fares_on(cabin, day) if band.over_km < km <= band.up_to_km), None)

    def fares_on(self, cabin: str, day: date) -> list[FareBand]:
        """The bands of the newest tariff of a cabin that has begun by a day."""
        return _newest((band for band in self.fares if band.cabin == cabin), day)

    def flat_on(self, what: str, airport: str, day: date) -> FlatAmount | None:
        """A flat amount at an airport on a day, or the one for all airports."""
        own = _newest((one for one in self.flat if one.what == what and one.airport == airport), day)
        every = _newest((one for one in self.flat if one.what == what and not one.airport), day)
        return next(chain(own, every), None)


def _precedence(rate: DailyRate) -> tuple[object, ...]:
    return rate.kind == OWN, rate.effective_from, rate.season is not None, rate.season or ()


def _newest(rows: Iterable[Row], day: date) -> list[Row]:
    begun = [row for row in rows if row.effective_from <= day]
    latest = max((row.effective_from for row in begun), default=None)
    return [row for row in begun if row.effective_from == latest]
