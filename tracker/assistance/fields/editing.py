"""The fields of a request, each as one plain value: what forms save, questions compare and imports write.

`value_of` reads a field as JSON, `write` puts such a value back. A field of a higher capability (delegates) joins
the table through `register`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import money
from tracker.assistance.fields import table
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest, Beneficiary, BudgetLine, RequestArea
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.reference.models import Area, Session
from tracker.reference.queries import rate_row

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is read from a loaded request and written to it (inside a verb)."""

    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None] | None = None


_fields: dict[str, Field] = {}


def register(name: str, read: Callable[[Any], Any], write: Callable[[Any, Any], None] | None = None) -> None:
    """Make a field known; without `write` its value changes elsewhere and is only compared here."""
    _fields[name] = Field(read, write)


def value_of(assistance_request: R, name: str) -> Any:
    """The field as JSON: a text, a list of codes or names, or a small object. The children must be loaded."""
    field = _fields.get(name)
    return field.read(assistance_request) if field else None


def write(assistance_request: R, values: dict[str, Any]) -> None:
    """Write plain values into their fields. Raises KeyError for a field that nobody offers to write."""
    for name, value in values.items():
        writer = _fields[name].write
        if writer is None:
            raise KeyError(name)
        writer(assistance_request, value)
    db.session.flush()


def writable(name: str) -> bool:
    """Whether `write` takes the field."""
    return name in _fields and _fields[name].write is not None


def _register_text(name: str) -> None:
    register(name, lambda r: getattr(r, name), lambda r, value: setattr(r, name, value or ""))


for _text in table.texts():
    _register_text(_text.name)


def _write_areas(assistance_request: R, codes: list[str]) -> None:
    known = set(db.session.scalars(sa.select(Area.code).where(Area.code.in_(codes)))) if codes else set()
    db.session.execute(sa.delete(RequestArea).where(RequestArea.request_id == assistance_request.id))
    db.session.add_all(RequestArea(request_id=assistance_request.id, area_code=code) for code in sorted(known))


def _write_beneficiaries(assistance_request: R, names: list[str]) -> None:
    db.session.execute(sa.delete(Beneficiary).where(Beneficiary.request_id == assistance_request.id))
    db.session.add_all(
        Beneficiary(request_id=assistance_request.id, position=position, name=name)
        for position, name in enumerate(names)
    )


def beneficiary_names(request_id: int) -> sa.Select[str]:
    """The select of the authorities that a request names, in their order."""
    return sa.select(Beneficiary.name).where(Beneficiary.request_id == request_id).order_by(Beneficiary.position)


register("areas", lambda r: [area.area_code for area in r.areas], _write_areas)
register("beneficiaries", lambda r: [row.name for row in r.beneficiaries], _write_beneficiaries)
register("attachments", lambda r: [one.id for one in r.attachments if not (one.internal or one.struck_at)])


def _read_dates(assistance_request: R) -> dict[str, str | None]:
    begins, ends = assistance_request.starts_on, assistance_request.ends_on
    return {
        "starts_on": begins.isoformat() if begins else None,
        "ends_on": ends.isoformat() if ends else None,
        "place": assistance_request.place,
    }


def _write_dates(assistance_request: R, value: dict[str, str | None]) -> None:
    begins, ends = value.get("starts_on"), value.get("ends_on")
    assistance_request.starts_on = date.fromisoformat(begins) if begins else None
    assistance_request.ends_on = date.fromisoformat(ends) if ends else None
    assistance_request.place = value.get("place") or ""


def _read_budget(assistance_request: R) -> dict[str, Any]:
    lines = [[line.label, line.amount_minor] for line in assistance_request.budget_lines]
    return {"currency": assistance_request.currency, "lines": lines}


def _write_budget(assistance_request: R, value: dict[str, Any]) -> None:
    db.session.execute(sa.delete(BudgetLine).where(BudgetLine.request_id == assistance_request.id))
    db.session.add_all(
        BudgetLine(request_id=assistance_request.id, position=position, label=label, amount_minor=amount)
        for position, (label, amount) in enumerate(value["lines"])
    )
    assistance_request.currency = value["currency"]
    assistance_request.amount_minor = sum(amount for _, amount in value["lines"]) or None
    count_in_dollars(assistance_request)


register("dates", _read_dates, _write_dates)
register("budget", _read_budget, _write_budget)


def count_in_dollars(assistance_request: R) -> None:
    """Give the request its amount in the fund's currency by today's rate, and keep which rate that was."""
    amount, currency = assistance_request.amount_minor, assistance_request.currency
    rate = rate_row(currency, today()) if amount is not None and currency != money.FUND_CURRENCY else None
    assistance_request.usd_rate_id = rate.id if rate else None
    if amount is None or (rate is None and currency != money.FUND_CURRENCY):
        assistance_request.amount_usd_minor = None
    else:
        assistance_request.amount_usd_minor = (
            money.to_usd(amount, currency, rate.units_per_usd) if rate is not None else amount
        )


def _read_session(assistance_request: R) -> int | None:
    return assistance_request.session_id


def _write_session(assistance_request: R, session_id: int | None) -> None:
    """Set the session; a participation request is called by its session until somebody names it otherwise."""
    language = assistance_request.language
    before = db.session.get(Session, assistance_request.session_id) if assistance_request.session_id else None
    chosen = db.session.get(Session, session_id) if session_id else None
    named_otherwise = assistance_request.title and not (before and assistance_request.title == before.title(language))
    assistance_request.session_id = chosen.id if chosen else None
    if assistance_request.kind == Kind.PARTICIPATION and not named_otherwise:
        assistance_request.title = chosen.title(language) if chosen else ""
    if chosen is not None:
        assistance_request.starts_on, assistance_request.ends_on = chosen.starts_on, chosen.ends_on


register("session", _read_session, _write_session)
