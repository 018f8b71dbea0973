"""Places, rates and journeys for the worked cases: the stand-in rates that the tracker ships, and flat ones by us."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from tracker.costs import Airport, DailyRate, FareBand, FlatAmount, LineKind, Payer, Rates, Stay, Trip, shipped
from tracker.costs.loading import RATES as RATES_FILE
from tracker.costs.rates import ExchangeRate

DATA = Path(__file__).parents[2] / "tracker" / "reference" / "data"
A, B = shipped()
EVERY_LINE = frozenset(LineKind)
FUND = dict.fromkeys(LineKind, Payer.FUND)
TARIFF = date(2020, 1, 1)
CITIES = {"VIE": "Vienna", "JFK": "New York", "GVA": "Geneva"}


def _airports() -> dict[str, Airport]:
    with (DATA / "airports.csv").open(encoding="utf-8") as file:
        return {row["iata"]: Airport(row["iata"], float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}


def _daily() -> tuple[DailyRate, ...]:
    with RATES_FILE.open(encoding="utf-8") as file:
        return tuple(_rate(row) for row in csv.DictReader(file) if row["what"] == "daily")


def _rate(row: dict[str, str]) -> DailyRate:
    season = (date.fromisoformat(row["season_first"]), date.fromisoformat(row["season_last"]))
    return DailyRate(
        airport=row["place"],
        city=CITIES.get(row["place"], row["place"]),
        per_day=int(Decimal(row["amount"]) * 100),
        currency=row["currency"],
        effective_from=date.fromisoformat(row["effective_from"]),
        season=season,
        kind="proxy",
        source=row["source"],
    )


AIRPORTS = _airports()
BANDS = (
    (0, 1000, 300_00),
    (1000, 5000, 700_00),
    (5000, 10000, 1400_00),
    (10000, 12500, 1820_00),
    (12500, 20100, 2600_00),
)
RATES = Rates(
    daily=_daily(),
    fares=tuple(FareBand("economy", over, up_to, fare, "USD", TARIFF, "by us") for over, up_to, fare in BANDS),
    flat=(
        FlatAmount("terminal", "", 38_00, "USD", TARIFF, "by us"),
        FlatAmount("terminal", "JFK", 63_00, "USD", TARIFF, "by us"),
        FlatAmount("insurance", "", 62_00, "USD", TARIFF, "by us"),
    ),
    exchange={"EUR": ExchangeRate(Decimal("0.80"), date(2026, 9, 29), "by us")},
)


def stay(
    iata: str, arrives: str, leaves: str, *, provided: str = "", private: tuple[str, ...] = (), only: str = ""
) -> Stay:
    """Days at a place; `provided` ("breakfast lunch") is there every day, or on the day `only`."""
    first, last = date.fromisoformat(arrives), date.fromisoformat(leaves)
    days = (
        [date.fromisoformat(only)]
        if only
        else [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    )
    every = {day: frozenset(provided.split()) for day in days} if provided else {}
    return Stay(AIRPORTS[iata], first, last, every, frozenset(date.fromisoformat(day) for day in private))


def trip(home: str, *stays: Stay, **facts: object) -> Trip:
    return Trip(AIRPORTS[home], stays, **facts)  # type: ignore[arg-type]
