"""Reads of the office's book of costs. Everything in it may be seen by everybody, so nothing asks for an actor."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.costs import rule_sets
from tracker.costs.book import Book
from tracker.costs.models import CostRate, CostRule
from tracker.costs.rates import DailyRate, ExchangeRate, FareBand, FlatAmount, Rates
from tracker.costs.rows import What
from tracker.costs.rule_sets import RuleSet
from tracker.costs.trips import Airport
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.money import FUND_CURRENCY
from tracker.reference import models as reference

Cities = dict[str, str]


def open_book(places: Collection[str] | None, *, currencies: Collection[str] = (), on: date | None = None) -> Book:
    """The book for journeys to and between these places (None: all), in two statements.

    `currencies` are those of quotations, for which there may be one statement more; rates of exchange are those of
    the day `on` (today).
    """
    day = on or today()
    found = _rates(places, day)
    rows = {row.id: row for row, _city, _exchange in found}.values()
    rates = rates_of_rows(rows, {row.place: city for row, city, _exchange in found if city})
    exchange = {one.currency: one for _row, _city, one in found if one is not None}
    more = set(currencies) - exchange.keys() - {FUND_CURRENCY}
    exchange |= {one.currency: one for one in _exchange_rates(more, day)} if more else {}
    return Book(_with_exchange(rates, exchange), all_rule_sets())


def _in_force(day: date) -> tuple[Any, ...]:
    row = reference.ExchangeRate
    return row.valid_from <= day, sa.or_(row.ended_on.is_(None), row.ended_on >= day)


def _rates(places: Collection[str] | None, day: date) -> Sequence[Any]:
    """Each rate with its city and what its currency was worth on a day; of several such rates the newest last."""
    exchange = reference.ExchangeRate
    statement = (
        sa.select(CostRate, reference.Airport.city, exchange)
        .outerjoin(reference.Airport, reference.Airport.iata == CostRate.place)
        .outerjoin(exchange, sa.and_(exchange.currency == CostRate.currency, *_in_force(day)))
    )
    if places is not None:
        statement = statement.where(CostRate.place.in_({*places, ""}))
    return db.session.execute(statement.order_by(CostRate.id, exchange.valid_from)).all()


def rates_of_rows(rows: Iterable[Any], cities: Cities) -> Rates:
    """Rates from rows of the book, or of the office's file."""
    daily, fares, flat = [], [], []
    for row in rows:
        if row.what == What.DAILY:
            daily.append(_daily(row, cities))
        elif row.what == What.FARE:
            km = row.over_km, row.up_to_km
            fares.append(FareBand(row.cabin, *km, row.amount, row.currency, row.effective_from, row.source))
        else:
            flat.append(FlatAmount(row.what, row.place, row.amount, row.currency, row.effective_from, row.source))
    return Rates(tuple(daily), tuple(fares), tuple(flat))


def _daily(row: Any, cities: Cities) -> DailyRate:
    return DailyRate(
        airport=row.place,
        city=cities.get(row.place, row.place),
        per_day=row.amount,
        currency=row.currency,
        effective_from=row.effective_from,
        season=(row.season_first, row.season_last) if row.season_first else None,
        kind=row.origin,
        source=row.source,
    )


def _exchange_rates(currencies: Collection[str], day: date) -> Sequence[reference.ExchangeRate]:
    row = reference.ExchangeRate
    statement = sa.select(row).where(row.currency.in_(currencies), *_in_force(day))
    return db.session.scalars(statement.order_by(row.valid_from)).all()


def _with_exchange(rates: Rates, rows: Mapping[str, reference.ExchangeRate]) -> Rates:
    exchange = {code: ExchangeRate(one.units_per_usd, one.valid_from, one.source) for code, one in rows.items()}
    return Rates(rates.daily, rates.fares, rates.flat, exchange)


def all_rule_sets() -> tuple[RuleSet, ...]:
    """Every rule set of every day."""
    return rule_sets_of(db.session.scalars(sa.select(CostRule)))


def rule_sets_of(rules: Iterable[Any]) -> tuple[RuleSet, ...]:
    """Rule sets from rows of the book or of a file."""
    names = ("rule_set", "valid_from", "parameter", "percent", "source", "verified")
    return rule_sets.read({name: getattr(rule, name) for name in names} for rule in rules)


def rule_set_codes(day: date | None = None) -> list[str]:
    """The codes of the rule sets that have begun by a day (today), for whoever chooses one."""
    begun = sa.select(CostRule.rule_set).where(CostRule.valid_from <= (day or today())).distinct()
    return list(db.session.scalars(begun.order_by(CostRule.rule_set)))


def airports(codes: Collection[str]) -> dict[str, Airport]:
    """Airports by their code, as journeys ask for them."""
    row = reference.Airport
    columns = row.iata, row.latitude, row.longitude, row.country_iso3
    found = db.session.execute(sa.select(*columns).where(row.iata.in_(set(codes))))
    return {one.iata: Airport(*one) for one in found}


def cities() -> Cities:
    """The city of each airport."""
    return {row.iata: row.city for row in db.session.execute(sa.select(reference.Airport.iata, reference.Airport.city))}


# For the pages


def place(code: str) -> reference.Airport:
    """An airport by its code. Raises NotFound."""
    found = db.session.get(reference.Airport, code)
    if found is None:
        raise NotFound
    return found


def rows_of(code: str) -> Sequence[CostRate]:
    """Every rate of a place, by what it is for, the newest first."""
    newest = CostRate.effective_from.desc(), CostRate.season_first.desc(), CostRate.id.desc()
    return db.session.scalars(sa.select(CostRate).where(CostRate.place == code).order_by(CostRate.what, *newest)).all()


def places_with_rates(day: date | None = None) -> int:
    """How many places have a daily rate that has begun by a day (today)."""
    begun = CostRate.what == What.DAILY, CostRate.effective_from <= (day or today())
    return db.session.scalar(sa.select(sa.func.count(CostRate.place.distinct())).where(*begun)) or 0
