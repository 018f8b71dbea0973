"""What the office changes in reference data. Dated rows are added and ended; what was used once stays as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tracker import events, money
from tracker.calendar.now import now, today
from tracker.database.seen import refuse_stale
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.reference import doubts
from tracker.reference.lifecycle import CLOCKS, SETTINGS, in_force, last_day_before
from tracker.reference.models import Area, ClockRule, DatedSetting, ExchangeRate, Holiday, Session
from tracker.reference.policies import CHANGE, CHANGE_RATES, RULES
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

Row = TypeVar("Row", ClockRule, DatedSetting, ExchangeRate)
SESSION_FIELDS = frozenset(Session.__table__.columns.keys()) - {
    *("id", "code", "number", "documents", "source", "verified", "version")
}


# Sessions


@verb
def add_session(*, actor: Actor, code: str, sure: bool = False, **fields: Any) -> str:
    """Add a session and return its code. Raises Invalid for dates that contradict each other or a code in use."""
    authorize(RULES, CHANGE, actor, None)
    _check_session(fields)
    if db.session.scalar(sa.select(Session.id).where(Session.code == code)):
        raise Invalid(fields={"code": lazy("There is a session with this code already.")})
    doubts.unless(sure, doubts.of_session(fields.get("seats_funded"), fields.get("seats_per_state")))
    session = Session(code=code, **fields)
    db.session.add(session)
    _flush()
    events.record("reference.session_added", session, actor=actor, code=code)
    return code


@verb
def edit_session(code: str, *, actor: Actor, version: int, sure: bool = False, **fields: Any) -> str:
    """Change a session's dates, place, seats or closing date. Raises Stale when somebody was faster, Invalid."""
    authorize(RULES, CHANGE, actor, None)
    session = db.session.scalars(sa.select(Session).where(Session.code == code)).one_or_none()
    if session is None:
        raise NotFound
    before = {name: getattr(session, name) for name in SESSION_FIELDS}
    _check_session(before | fields)
    after = before | fields
    doubts.unless(sure, doubts.of_session(after["seats_funded"], after["seats_per_state"]))
    changed = update_where(Session, Session.id == session.id, Session.version == version, **fields, version=version + 1)
    if not changed:
        theirs = {name: str(before[name] or "") for name, value in fields.items() if value != before[name]}
        raise Stale(lazy("Somebody else changed this session since you opened it."), theirs=theirs)
    names = sorted(name for name, value in fields.items() if value != before[name])
    events.record("reference.session_changed", session, actor=actor, code=code, fields=names)
    return code


def keep_support(session: Session, **fields: Any) -> None:
    """Write what the support of a session sets (the day on which nominations close, the seats) inside the act of a
    higher room, which has asked its own rule and records the event. Raises Invalid, and Stale as an edit does."""
    _check_session({"starts_on": session.starts_on, "ends_on": session.ends_on} | fields)
    as_read = Session.id == session.id, Session.version == session.version
    if not update_where(Session, *as_read, **fields, version=session.version + 1):
        raise Stale(lazy("Somebody else changed this session since you opened it."))


def _check_session(fields: dict[str, Any]) -> None:
    """Raise Invalid with a sentence at each field that cannot be, before the database's CHECKs would."""
    if unknown := set(fields) - SESSION_FIELDS:
        raise TypeError(f"a session has no {unknown}")
    starts, ends = fields.get("starts_on"), fields.get("ends_on")
    wrong: dict[str, Any] = {}
    if ends and (not starts or ends < starts):
        wrong["ends_on"] = lazy("The session ends before it starts.")
    for name in ("closing_on", "visa_safe_on"):
        if fields.get(name) and (not starts or fields[name] > starts):
            wrong[name] = lazy("This day is not after the start of the session, which must be known.")
    if wrong:
        raise Invalid(fields=wrong)


# Areas and holidays


@verb
def add_area(*, actor: Actor, code: str, kind: str, name_en: str, name_fr: str, parent: str | None = None) -> int:
    """Add an area of assistance and return its id. Raises Invalid for a code in use or an unknown parent."""
    authorize(RULES, CHANGE, actor, None)
    known = set(db.session.scalars(sa.select(Area.code).where(Area.code.in_([code, parent or ""]))))
    if code in known:
        raise Invalid(fields={"code": lazy("There is an area with this code already.")})
    if parent and parent not in known:
        raise Invalid(fields={"parent": lazy("There is no such area.")})
    area = Area(code=code, kind=kind, name_en=name_en, name_fr=name_fr, parent=parent or None)
    db.session.add(area)
    _flush()
    events.record("reference.area_added", area, actor=actor, code=code)
    return area.id


@verb
def end_area(area_id: int, *, actor: Actor, version: int | None) -> None:
    """Let an area be chosen no longer from now on; requests that name it keep it."""
    authorize(RULES, CHANGE, actor, None)
    _end(Area, area_id, version, Area.ended_on, today())
    events.record("reference.area_ended", db.session.get_one(Area, area_id), actor=actor)


@verb
def add_holiday(*, actor: Actor, day: date, name_en: str, name_fr: str) -> int:
    """Add a day on which the clocks do not count and return its id. Raises Invalid when it is one already."""
    authorize(RULES, CHANGE, actor, None)
    if db.session.scalar(sa.select(Holiday.id).where(Holiday.day == day, Holiday.ended_at.is_(None))):
        raise Invalid(fields={"day": lazy("This day is a holiday already.")})
    holiday = Holiday(day=day, name_en=name_en, name_fr=name_fr)
    db.session.add(holiday)
    _flush()
    events.record("reference.holiday_added", holiday, actor=actor, day=day)
    return holiday.id


@verb
def end_holiday(holiday_id: int, *, actor: Actor, version: int | None) -> None:
    """Take a holiday back: the clocks count the day again."""
    authorize(RULES, CHANGE, actor, None)
    _end(Holiday, holiday_id, version, Holiday.ended_at, now())
    holiday = db.session.get_one(Holiday, holiday_id)
    events.record("reference.holiday_ended", holiday, actor=actor, day=holiday.day)


def _end(model: Any, row_id: int, version: int | None, column: Any, value: Any) -> None:
    row = db.session.get(model, row_id)
    if row is None:
        raise NotFound
    if getattr(row, column.key) is None:
        refuse_stale(version, row)
    if not update_where(model, model.id == row_id, column.is_(None), **{column.key: value}):
        raise Conflict(lazy("This was ended already."))


# Dated rules, settings and rates


@verb
def set_clock(clock: str, *, actor: Actor, working_days: int, valid_from: date, sure: bool = False) -> int:
    """Give a clock another number of days from a day on (today or later) and return the rule's id."""
    authorize(RULES, CHANGE, actor, None)
    if clock not in CLOCKS:
        raise NotFound
    if not 0 <= working_days <= 400:
        raise Invalid(fields={"working_days": lazy("Give a number of days from 0 to 400.")})
    _not_in_the_past(valid_from)
    doubts.unless(sure, doubts.of_clock(clock, working_days))
    rule = _place(ClockRule(clock=clock, working_days=working_days, valid_from=valid_from), ClockRule.clock == clock)
    events.record(
        "reference.clock_changed", rule, actor=actor, clock=clock, working_days=working_days, valid_from=valid_from
    )
    return rule.id


@verb
def set_setting(name: str, *, actor: Actor, value: Decimal, valid_from: date) -> int:
    """Give a dated setting another value from a day on (today or later) and return the row's id."""
    authorize(RULES, CHANGE, actor, None)
    setting = SETTINGS.get(name)
    if setting is None:
        raise NotFound
    if not setting.lowest <= value <= setting.highest:
        bounds = {"lowest": setting.lowest, "highest": setting.highest}
        raise Invalid(fields={"value": lazy("Give a number from %(lowest)s to %(highest)s.", **bounds)})
    _not_in_the_past(valid_from)
    row = _place(DatedSetting(name=name, value=value, valid_from=valid_from), DatedSetting.name == name)
    events.record("reference.setting_changed", row, actor=actor, setting=name, value=value, valid_from=valid_from)
    return row.id


@verb
def add_rate(
    *, actor: Actor, currency: str, units_per_usd: Decimal, valid_from: date, source: str, sure: bool = False
) -> int:
    """Add a rate of exchange from a day on, ending the one before, and return its id."""
    authorize(RULES, CHANGE_RATES, actor, None)
    doubts.unless(sure, doubts.of_new_rate(currency, units_per_usd, valid_from))
    rate = _add_rate(currency, units_per_usd, valid_from, source)
    events.record("reference.rate_added", rate, actor=actor, currency=currency, valid_from=valid_from)
    return rate.id


@verb
def import_rates(rows: list[dict[str, Any]], *, actor: Actor, sure: bool = False) -> int:
    """Add many rates (currency, units_per_usd, valid_from, source) or none; return how many were new.

    A rate that is in force on its day with the same value and source is left alone, so that a file can be
    imported twice. Raises Doubtful, unless `sure`, where a rate is far off or moves what is expected.
    """
    authorize(RULES, CHANGE_RATES, actor, None)
    once = {tuple(sorted(row.items())): row for row in rows}
    new = [row for row in once.values() if not _known_rate(**row)]
    if not new:
        raise Conflict(lazy("Every rate in the file is known already. Nothing was changed."))
    doubts.unless(sure, doubts.of_new_rates(new))
    added = [_add_rate(**row) for row in sorted(new, key=lambda row: (row["currency"], row["valid_from"]))]
    events.record("reference.rates_imported", added[-1], actor=actor, count=len(added))
    return len(added)


@verb
def end_rate(rate_id: int, *, actor: Actor, version: int | None) -> None:
    """End a rate after today: the currency has none until another is added."""
    authorize(RULES, CHANGE_RATES, actor, None)
    _end(ExchangeRate, rate_id, version, ExchangeRate.ended_on, today())
    rate = db.session.get_one(ExchangeRate, rate_id)
    events.record("reference.rate_ended", rate, actor=actor, currency=rate.currency)


def _add_rate(currency: str, units_per_usd: Decimal, valid_from: date, source: str) -> ExchangeRate:
    if not money.is_currency(currency) or currency == money.FUND_CURRENCY:
        raise Invalid(fields={"currency": lazy("Give an ISO 4217 code other than USD.")})
    if not (units_per_usd.is_finite() and 0 < units_per_usd < Decimal(10) ** 12):
        raise Invalid(fields={"units_per_usd": lazy("A rate is a number above zero.")})
    rate = ExchangeRate(currency=currency, units_per_usd=units_per_usd, valid_from=valid_from, source=source)
    return _place(rate, ExchangeRate.currency == currency)


def _known_rate(currency: str, units_per_usd: Decimal, valid_from: date, source: str) -> bool:
    same = (
        ExchangeRate.currency == currency,
        ExchangeRate.units_per_usd == units_per_usd,
        ExchangeRate.valid_from == valid_from,
        ExchangeRate.source == source,
    )
    return db.session.scalar(sa.select(ExchangeRate.id).where(*same)) is not None


def _not_in_the_past(valid_from: date) -> None:
    if valid_from < today():
        raise Invalid(fields={"valid_from": lazy("A rule begins today or later: what was counted stays counted.")})


def _place(row: Row, same: Any) -> Row:
    """Put a dated row among its kind: it ends the one in force on its first day and takes over that one's end."""
    model = type(row)
    others = list(db.session.scalars(sa.select(model).where(same).with_for_update()))
    before = in_force(others, row.valid_from)
    if before is not None:
        row.ended_on, before.ended_on = before.ended_on, last_day_before(row.valid_from)
    else:
        later = [other.valid_from for other in others if other.valid_from > row.valid_from]
        row.ended_on = last_day_before(min(later)) if later else None
    _flush()
    db.session.add(row)
    _flush()
    return row


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as reason:
        raise Conflict(lazy("Somebody else changed this at the same moment. Look again and repeat.")) from reason
