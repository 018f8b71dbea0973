"""Reading dated facts. Everything here may be seen by everybody, so nothing asks for an actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.errors import Conflict, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.reference.lifecycle import CLOCKS, SETTINGS, in_force, in_force_or_nearest
from tracker.reference.models import (
    Airport,
    Area,
    ClockRule,
    DatedSetting,
    ExchangeRate,
    ExistingProject,
    Holiday,
    Session,
    State,
)
from tracker.reference.names import find_state, of_state, sorted_states, state_name, to_state, with_article

__all__ = ["find_state", "of_state", "sorted_states", "state_name", "to_state", "with_article"]

Row = TypeVar("Row", Area, Holiday, ExchangeRate)
DatedRow = TypeVar("DatedRow", ExchangeRate, ClockRule, DatedSetting)


# States


def get_state(iso3: str) -> State:
    """Return a State by its code. Raises NotFound."""
    return db.session.get(State, iso3) or _missing()


def states() -> list[State]:
    """Return every State of this installation by code; a demonstration's invented ones too."""
    return list(db.session.scalars(sa.select(State).order_by(State.iso3)))


def state_choices(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the States in the alphabetical order of a language."""
    return sorted_states(list(db.session.scalars(sa.select(State.iso3))), language)


# Sessions


def get_session(code: str) -> Session:
    """Return a session by its code. Raises NotFound."""
    return db.session.scalars(sa.select(Session).where(Session.code == code)).one_or_none() or _missing()


def sessions() -> list[Session]:
    """Return every session, the latest first; those without dates before all others."""
    undated_first = sa.case((Session.starts_on.is_(None), 0), else_=1)
    return list(db.session.scalars(sa.select(Session).order_by(undated_first, Session.starts_on.desc(), Session.code)))


def upcoming_and_past(day: date | None = None) -> tuple[list[Session], list[Session]]:
    """Return the sessions that are not over (the nearest first, undated ones last) and those that are."""
    day = day or today()
    every = sessions()
    over = [session for session in every if session.status == "held" or (session.ends_on and session.ends_on < day)]
    ahead = [session for session in every if session not in over and session.status != "cancelled"]
    return sorted(ahead, key=lambda session: (session.starts_on or date.max, session.code)), over


def sessions_open_for_nomination(day: date | None = None) -> list[Session]:
    """Return the sessions for which support can be asked on a day: planned, with a closing date not yet passed."""
    statement = sa.select(Session).where(
        Session.status == "planned", Session.closing_on.is_not(None), Session.closing_on >= (day or today())
    )
    return list(db.session.scalars(statement.order_by(Session.starts_on, Session.code)))


# Areas


def get_row(model: type[Row], row_id: int) -> Row:
    """A row of reference data by its id. Raises NotFound."""
    return db.session.get(model, row_id) or _missing()


def areas(*, ended: bool = False) -> list[Area]:
    """Return the areas in force, with `ended` all of them: the resolution's order of groups, in each by code."""
    every = list(db.session.scalars(sa.select(Area)))
    order = {area.code: area.id for area in every}
    every.sort(key=lambda area: (order.get(area.code.split(".")[0], area.id), area.code))
    return [area for area in every if ended or area.ended_on is None]


def area_choices(language: str, *kinds: str) -> list[tuple[str, str]]:
    """Return (code, name) of the areas in force of these kinds."""
    return [(area.code, area.name(language)) for area in areas() if area.kind in kinds]


def grouped_areas(language: str) -> list[tuple[str, str, str]]:
    """Return (code, name, name of the group) of what can be asked for, group by group in the resolution's order."""
    every = {area.code: area for area in areas(ended=True)}
    chosen = [area for area in every.values() if area.kind in ("assistance", "crosscutting") and area.ended_on is None]
    chosen.sort(key=lambda area: (every[area.parent].id if area.parent else 0, area.id))
    return [
        (area.code, area.name(language), every[area.parent].name(language) if area.parent else "") for area in chosen
    ]


# Dated rows


def row_in_force(model: type[DatedRow], same: sa.ColumnElement[bool], day: date) -> DatedRow | None:
    """Return the row of one kind (one currency, clock, setting) that is in force on a day, or None; of several, the one
    that began last. Among rows that are known already `lifecycle.in_force` makes the same choice."""
    newest_first = (model.valid_from.desc(), model.id.desc())
    return db.session.scalars(sa.select(model).where(same, _holds(model, day)).order_by(*newest_first).limit(1)).first()


def _holds(model: type[DatedRow], day: date) -> sa.ColumnElement[bool]:
    return sa.and_(model.valid_from <= day, sa.or_(model.ended_on.is_(None), model.ended_on >= day))


# Clocks and holidays


def holiday_dates() -> frozenset[date]:
    """Return the days on which the clocks do not count."""
    return frozenset(db.session.scalars(sa.select(Holiday.day).where(Holiday.ended_at.is_(None))))


def holidays(year: int) -> list[Holiday]:
    """Return the holidays of a year, taken-back ones too, in order."""
    statement = sa.select(Holiday).where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(statement.order_by(Holiday.day, Holiday.id)))


def clock_history() -> dict[str, list[ClockRule]]:
    """Return every rule of every clock, the newest first."""
    rows = db.session.scalars(sa.select(ClockRule).order_by(ClockRule.valid_from.desc(), ClockRule.id.desc()))
    return _by(rows, "clock", CLOCKS)


def all_clock_days(day: date | None = None) -> dict[str, int]:
    """Return how many days each clock gives on a day, in one statement."""
    return clock_days_among(db.session.scalars(sa.select(ClockRule)), day or today())


def clock_days_among(rules: Iterable[Any], day: date) -> dict[str, int]:
    """The same from rules that are known already."""
    holding = {clock: in_force(rows, day) for clock, rows in _by(rules, "clock", CLOCKS).items()}
    return {clock: rule.working_days if rule else CLOCKS[clock].days for clock, rule in holding.items()}


def clock_days(clock: str, day: date | None = None) -> int:
    """Return how many days a clock gives that starts on a day; the delivered value when no rule holds."""
    rule = row_in_force(ClockRule, ClockRule.clock == clock, day or today())
    return rule.working_days if rule else CLOCKS[clock].days


def reminder_days(family: str, day: date | None = None) -> list[int]:
    """Return the days before a date on which reminders of a family ("instalment", "nomination", "offer") go out, the
    largest first."""
    found = {days for clock, days in all_clock_days(day).items() if clock.startswith(f"{family}_")}
    return sorted(found, reverse=True)


# Rates and settings


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of exchange as it is used and kept: units of the currency for one dollar, its date and source."""

    currency: str
    units_per_usd: Decimal
    valid_from: date
    source: str


class NoRate(Conflict):
    """There is no rate of exchange for the currency on that day."""


def rate_for(currency: str, day: date | None = None, *, nearest: bool = False) -> Rate:
    """Return the rate of a currency in force on a day (today).

    With `nearest`, a day without one gets `lifecycle.in_force_or_nearest`: for estimates only, never for money that
    moves. Raises NoRate.
    """
    day = day or today()
    if nearest:
        return rate_among(rate_history(currency), currency, day, nearest=True)
    found = None if currency == FUND_CURRENCY else rate_row(currency, day)
    return rate_among([found] if found else [], currency, day)


def rate_row(currency: str, day: date) -> ExchangeRate | None:
    """Return the row of a currency's rate in force on a day, for whoever keeps which one was used."""
    return row_in_force(ExchangeRate, ExchangeRate.currency == currency, day)


def rate_among(history: Sequence[Any], currency: str, day: date, *, nearest: bool = False) -> Rate:
    """The same from the rates of a currency that are known already."""
    if currency == FUND_CURRENCY:
        return Rate(currency, Decimal(1), day, "")
    found = in_force_or_nearest(history, day) if nearest else in_force(history, day)
    if found is None:
        raise NoRate(lazy("There is no rate of exchange for %(currency)s on that day.", currency=currency))
    return Rate(currency, found.units_per_usd, found.valid_from, found.source)


def rate_history(currency: str) -> list[ExchangeRate]:
    """Return every rate of a currency, the newest first."""
    statement = sa.select(ExchangeRate).where(ExchangeRate.currency == currency)
    return list(db.session.scalars(statement.order_by(ExchangeRate.valid_from.desc(), ExchangeRate.id.desc())))


def rate_histories() -> dict[str, list[ExchangeRate]]:
    """Return every rate of every currency that has one, read once by whoever values many amounts."""
    histories: dict[str, list[ExchangeRate]] = {}
    for row in db.session.scalars(sa.select(ExchangeRate)):
        histories.setdefault(row.currency, []).append(row)
    return histories


def rates_in_force(day: date | None = None) -> list[ExchangeRate]:
    """Return the rates in force on a day, by currency."""
    day = day or today()
    statement = sa.select(ExchangeRate).where(_holds(ExchangeRate, day))
    return list(db.session.scalars(statement.order_by(ExchangeRate.currency, ExchangeRate.valid_from)))


def setting_history() -> dict[str, list[DatedSetting]]:
    """Return every value of every dated setting, the newest first."""
    rows = db.session.scalars(sa.select(DatedSetting).order_by(DatedSetting.valid_from.desc(), DatedSetting.id.desc()))
    return _by(rows, "name", SETTINGS)


def setting(name: str, day: date | None = None) -> Decimal:
    """Return a dated setting's value on a day (today); the delivered value when no row holds."""
    found = row_in_force(DatedSetting, DatedSetting.name == name, day or today())
    return found.value if found else SETTINGS[name].value


def support_rate(day: date | None = None) -> Decimal:
    """Return the per cent of programme support cost on a day: 13 unless the office decided otherwise."""
    return setting("support_rate", day)


# Lists


def timezone_of(iso3: str | None) -> str | None:
    """The time zone (IANA name) of the airport through which one reaches a State; None where none is known."""
    gateway = sa.select(Airport.timezone).join(State, State.gateway_iata == Airport.iata)
    return db.session.scalar(gateway.where(State.iso3 == iso3))


def airport_choices() -> list[tuple[str, str]]:
    """Return (IATA code, "City, airport") in order of the city."""
    rows = db.session.execute(sa.select(Airport.iata, Airport.city, Airport.name).order_by(Airport.city, Airport.iata))
    return [(iata, f"{city}, {name} ({iata})") for iata, city, name in rows]


def existing_projects(iso3: str | None = None) -> list[ExistingProject]:
    """Return known projects of others, with a code only those that name the State."""
    rows = db.session.scalars(sa.select(ExistingProject).order_by(ExistingProject.record_id))
    return [project for project in rows if iso3 is None or iso3 in project.beneficiaries]


def _by(rows: Iterable, column: str, names: Iterable[str]) -> dict[str, list]:
    grouped: dict[str, list] = {name: [] for name in names}
    for row in rows:
        grouped[getattr(row, column)].append(row)
    return grouped


def _missing() -> NoReturn:
    raise NotFound
