"""The first filling of reference data from files; it can run again and never overwrites the office's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import holidays as holidays_package
import sqlalchemy as sa

from tracker import money
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference.lifecycle import BEGINNING, CLOCKS, SETTINGS
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
from tracker.reference.names import read_csv

HOLIDAY_SOURCE = "Austria, public holidays: Python package holidays (first filling)"
_STATE_TEXTS = ("iso2", "name_ar", "name_zh", "name_en", "name_fr", "name_ru", "name_es", "article_fr", "article_es",
                "un_status", "currency")  # fmt: skip
_STATE_OPTIONAL = ("m49", "regional_group", "region", "sub_region", "gateway_iata", "alt_gateway_iata")


def load(*, invented: bool = False) -> dict[str, int]:
    """Fill what is missing from the delivered files and return how many rows each table gained.

    Can run again at any time: lists that nobody edits here (States, airports) follow the files; sessions,
    areas, rates, rules and holidays are only added where they are absent, so that the office's own stay.
    """
    with transaction():
        gained = {"states": _load_states("states.csv", invented=False)}
        if invented:
            gained["states"] += _load_states("invented_states.csv", invented=True)
        gained["airports"] = _merge(Airport, "iata", [_airport(row) for row in read_csv("airports.csv")])
        for name, loader in _ADDERS.items():
            gained[name] = loader()
    return gained


def _load_states(file: str, *, invented: bool) -> int:
    return _merge(State, "iso3", [_state(row, invented) for row in read_csv(file)])


def _state(row: dict[str, str], invented: bool) -> dict[str, Any]:
    yes = {f"_{name}": row[name] == "Y" for name in ("ldc", "lldc", "sids", "oda_eligible")}
    return (
        {name: row[name] for name in ("iso3", *_STATE_TEXTS)}
        | {name: row[name] or None for name in _STATE_OPTIONAL}
        | yes
        | {
            "formal_en": row["un_formal_en"],
            "_ldc_graduation_date": _day(row["ldc_graduation_date"]),
            "invented": invented,
        }
    )


def _airport(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("iata", "name", "city", "country_iso3", "role", "note")} | {
        "latitude": float(row["lat"]),
        "longitude": float(row["lon"]),
        "timezone": row["tz"],
        "serves_states": _listed(row["serves_states"]),
    }


def _merge(model: type[Any], key: str, rows: list[dict[str, Any]]) -> int:
    """Insert rows that are absent and bring the others up to date; return how many were inserted."""
    known = {getattr(row, key): row for row in db.session.scalars(sa.select(model))}
    for values in rows:
        if row := known.get(values[key]):
            for name, value in values.items():
                setattr(row, name, value)
    return _insert(model, [values for values in rows if values[key] not in known])


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> int:
    if rows:
        db.session.execute(sa.insert(model), rows)
    return len(rows)


def _absent(column: Any, key: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = set(db.session.scalars(sa.select(column)))
    return [row for row in rows if row[key] not in known]


def _load_sessions() -> int:
    rows = [_session(row) for row in read_csv("sessions.csv")]
    return _insert(Session, _absent(Session.code, "code", rows))


def _session(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("code", "type", "title_en", "title_fr", "city", "city_fr", "venue")} | {
        "number": int(row["number"]) if row["number"] else None,
        "starts_on": _day(row["start"]),
        "ends_on": _day(row["end"]),
        "country_iso3": row["country_iso3"] or None,
        "airport_iata": row["airport_iata"] or None,
        "documents": _listed(row["documents"]),
        "mode": row["mode"] or None,
        "status": row["status"],
        "verified": row["verified"] == "Y",
        "source": row["source"],
    }


def _load_areas() -> int:
    return _insert(Area, _absent(Area.code, "code", [_area(row) for row in read_csv("areas.csv")]))


def _area(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("code", "kind", "name_en", "name_fr", "source")} | {
        "parent": row["parent"] or None,
        "iati_sector": row["iati_sector_suggested"],
    }


def _load_rates() -> int:
    rows = [
        {
            "currency": row["currency"],
            "units_per_usd": Decimal(row["units_per_usd"]),
            "valid_from": date.fromisoformat(row["date"]),
            "source": row["source"],
        }
        for row in read_csv("fx_rates.csv")
        if row["preferred"] == "Y" and row["currency"] != money.FUND_CURRENCY
    ]
    return _insert(ExchangeRate, _absent(ExchangeRate.currency, "currency", rows))


def _load_rules() -> int:
    rows = [{"clock": name, "working_days": clock.days, "valid_from": BEGINNING} for name, clock in CLOCKS.items()]
    return _insert(ClockRule, _absent(ClockRule.clock, "clock", rows))


def _load_settings() -> int:
    rows = [{"name": name, "value": setting.value, "valid_from": BEGINNING} for name, setting in SETTINGS.items()]
    return _insert(DatedSetting, _absent(DatedSetting.name, "name", rows))


def _load_holidays() -> int:
    years = range(BEGINNING.year, today().year + 4)
    found = holidays_package.country_holidays("AT", years=years, language="en_US")
    french = {row["name_en"]: row["name_fr"] for row in read_csv("holiday_names.csv")}
    rows = [
        {"day": day, "name_en": name, "name_fr": french.get(name, name), "source": HOLIDAY_SOURCE}
        for day, name in sorted(found.items())
    ]
    return _insert(Holiday, _absent(Holiday.day, "day", rows))


def _load_projects() -> int:
    rows = [_project(row) for row in read_csv("cyber_capacity_projects.csv")]
    return _insert(ExistingProject, _absent(ExistingProject.record_id, "record_id", rows))


def _project(row: dict[str, str]) -> dict[str, Any]:
    amount = money.to_minor(Decimal(row["amount"]), row["currency"]) if row["amount"] else None
    return {name: row[name] for name in ("record_id", "title", "funder", "implementer", "status", "source", "note")} | {
        "title_language": row["title_lang"],
        "beneficiaries": _listed(row["beneficiaries_iso3"]),
        "starts": row["start"],
        "ends": row["end"],
        "amount": amount,
        "currency": row["currency"] or None,
    }


_ADDERS: dict[str, Callable[[], int]] = {
    "sessions": _load_sessions,
    "areas": _load_areas,
    "exchange_rates": _load_rates,
    "clock_rules": _load_rules,
    "dated_settings": _load_settings,
    "holidays": _load_holidays,
    "existing_projects": _load_projects,
}


def also(name: str, adder: Callable[[], int]) -> None:
    """Let a higher capability add what it is delivered with, in the same transaction; it gives how many rows came."""
    _ADDERS[name] = adder


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _listed(text: str) -> list[str]:
    return text.split("|") if text else []
