"""A journey that differs for private reasons is recorded before the ticket is bought, or is planned as before again."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.costs.lines import LineKind
from tracker.costs.sentences import lacks
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy, one_text
from tracker.languages.seen_text import shown
from tracker.participation.deviations.lifecycle import (
    MOST_DAYS,
    PaysMore,
    Wish,
    above,
    comparable,
    private_days,
)
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.estimating import Journey, lines_of_journeys
from tracker.participation.support.queries import support_of
from tracker.participation.travel.policies import TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.recording import recorded, to_record
from tracker.reference.models import Session
from tracker.rights.actor import Actor


@verb
def record_deviation(public_id: uuid.UUID, *, actor: Actor, version: int | None, wish: Wish) -> str:
    """Record how somebody travels otherwise for private reasons, in place of what was recorded before; `version` is
    that of the deviation, 0 where there is none. Gives the seat's public id.

    Raises Invalid by field; Conflict without a quotation that stands, or where the official days are not known."""
    found, session = to_record(public_id, TravelAction.DEVIATE, actor, None)
    row = _as_seen(found, version)
    official, most = _official(found), _comparable(found)
    days = private_days(wish, official)
    if problems := _problems(wish, official, most, days):
        raise Invalid(fields=problems)
    facts = {
        "arrives_on": wish.arrives_on,
        "leaves_on": wish.leaves_on,
        "private_days": [day.isoformat() for day in days],
        "route": wish.route,
        "fare_minor": wish.fare_minor,
        "comparable_minor": most,
        "allowance_minor": _allowance(found, session, wish, frozenset(days)),
        "borne_by": wish.borne_by if above(wish.fare_minor, most) else None,
        "reason": wish.reason,
        "recorded_by_id": actor.person_id or 0,
    }
    if row is None:
        db.session.add(SeatDeviation(seat_id=found.seat.id, delegate_id=found.seat.delegate_id, **facts))
        db.session.flush()
    else:
        same = SeatDeviation.id == row.id, SeatDeviation.version == row.version
        _changed(update_where(SeatDeviation, *same, version=SeatDeviation.version + 1, **facts))
    return recorded("participation.deviation_recorded", found, actor)


@verb
def drop_deviation(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Say that somebody travels as planned after all; gives the seat's public id."""
    found, _session = to_record(public_id, TravelAction.DEVIATE, actor, None)
    row = _as_seen(found, version)
    if row is None:
        raise Conflict(lazy("This journey does not differ from the planned one."))
    db.session.execute(sa.delete(SeatDeviation).where(SeatDeviation.id == row.id))
    return recorded("participation.deviation_dropped", found, actor)


def _as_seen(found: Travelling, version: int | None) -> SeatDeviation | None:
    row = deviations_of([found.seat.id]).get(found.seat.id)
    _changed(version is None or version == (row.version if row else 0))
    return row


def _changed(fine: Any) -> None:
    if not fine:
        raise Stale(lazy("Somebody changed this while you had the page open."))


def _official(found: Travelling) -> tuple[date, date]:
    """The official days at the place of the session: those for which the State nominated."""
    first, last = found.person.arrives_on, found.person.leaves_on
    if first is None or last is None:
        raise Conflict(lazy("The official days are not known: the State says them with the nomination."))
    return first, last


def _comparable(found: Travelling) -> int | None:
    """What the official journey costs by the quotation that stands; None where the fund pays no ticket."""
    if LineKind.FARE not in found.money.pays():
        return None
    record = found.record
    if record is None or record.quoted_minor is None or record.quoted_until is None:
        raise Conflict(lazy("Record the quotation of the official journey first: the fare is compared with it."))
    if record.quoted_until < today():
        until = format_day(record.quoted_until)
        raise Conflict(lazy("The quotation lapsed on %(day)s: ask the agency again, then compare.", day=until))
    return comparable(record.quoted_minor, record.direct_minor)


def _problems(wish: Wish, official: tuple[date, date], most: int | None, days: tuple[date, ...]) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if wish.leaves_on < wish.arrives_on:
        problems["leaves_on"] = lazy("The last day comes after the first.")
    elif wish.arrives_on > official[1] or wish.leaves_on < official[0]:
        problems["arrives_on"] = lazy("None of these days is an official one.")
    elif (official[0] - wish.arrives_on).days > MOST_DAYS or (wish.leaves_on - official[1]).days > MOST_DAYS:
        problems["arrives_on"] = lazy("At most %(days)d days before and after the official ones.", days=MOST_DAYS)
    elif not days and not shown(wish.route) and (wish.arrives_on, wish.leaves_on) == official:
        problems["route"] = lazy("Nothing differs: say other days, private days or another route.")
    if not shown(wish.reason):
        problems["reason"] = lazy("Give the reason in a few words.")
    return problems | _problem_of_fare(wish, most)


def _problem_of_fare(wish: Wish, most: int | None) -> dict[str, Any]:
    if most is None:
        words = lazy("Somebody else pays this ticket: leave the fare empty.")
        return {"fare": words} if wish.fare_minor is not None else {}
    if wish.fare_minor is None or wish.fare_minor <= 0:
        return {"fare": lazy("Enter what the ticket costs that this person wants.")}
    if above(wish.fare_minor, most) and wish.borne_by not in list(PaysMore):
        return {"borne_by": lazy("It costs more than the official journey: choose who bears the difference.")}
    return {}


def _allowance(found: Travelling, session: Session, wish: Wish, private: frozenset[date]) -> int | None:
    """What is due of the allowance with the private days, at most what is approved; None where the fund pays none."""
    if LineKind.ALLOWANCE not in found.money.pays():
        return None
    support = support_of(session.id)
    if support is None:
        raise Conflict(lazy("What this session pays is not set up yet."))
    journey = Journey(wish.arrives_on, wish.leaves_on, private=private)
    on = day_of(found.seat.selected_at)
    lines = lines_of_journeys({found.seat.id: (found.person, journey)}, support, (LineKind.ALLOWANCE,), on=on)
    (line,) = lines[found.seat.id].lines
    if line.value is None:
        raise Conflict(one_text((lazy("The allowance cannot be counted:"), *map(lacks, line.missing))))
    return min(line.value, found.money.approved(LineKind.ALLOWANCE))
