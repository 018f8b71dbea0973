"""Instalments that fall due: the donor and finance are reminded before the day, and weekly after it."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tracker.calendar.now import VIENNA
from tracker.database.verbs import verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.pledges.lifecycle import Status
from tracker.pledges.models import Instalment, Pledge
from tracker.reference import queries as reference
from tracker.rights.actor import Actor

EVERY = timedelta(days=7)


def remind(moment: datetime) -> int:
    """Record what is due to be said at `moment`; gives how many reminders that made. Run by beat, safe to run twice."""
    today = moment.astimezone(VIENNA).date()
    days = tuple(reference.reminder_days("instalment", today))
    wanted = {
        once_key(instalment.id, said_on): instalment
        for instalment in _outstanding(today + timedelta(days=max(days, default=0)))
        if (said_on := reminder_day(instalment.due_on, today, days)) is not None
    }
    said = set(db.session.scalars(sa.select(Event.once_key).where(Event.once_key.in_(wanted))))
    due = [(key, row.pledge_id, row.id, row.due_on) for key, row in wanted.items() if key not in said]
    return sum(_remind_once(*one) for one in due)


def _remind_once(key: str, pledge_id: int, instalment_id: int, due_on: date) -> bool:
    try:
        _record(key, pledge_id=pledge_id, instalment_id=instalment_id, due_on=due_on)
    except IntegrityError:  # another beat was faster
        return False
    return True


@verb
def _record(once: str, *, pledge_id: int, instalment_id: int, due_on: date) -> None:
    pledge = db.session.get_one(Pledge, pledge_id)
    record(
        "pledges.instalment_due",
        pledge,
        actor=Actor.system,
        once_key=once,
        instalment_id=instalment_id,
        due_on=due_on,
    )


def once_key(instalment_id: int, said_on: date) -> str:
    """The key under which one reminder is recorded at most once."""
    return f"pledges.instalment_due:{instalment_id}:{said_on.isoformat()}"


def reminder_day(due_on: date, today: date, days: tuple[int, ...]) -> date | None:
    """The last day up to today on which something was to be said about an instalment, or None before the first.

    A beat that was away for days so says once what it missed, not every line of it.
    """
    before = [due_on - timedelta(days=n) for n in days]
    past = [day for day in before if day <= today]
    if today - due_on >= EVERY:
        past.append(due_on + (today - due_on) // EVERY * EVERY)
    return max(past, default=None)


def _outstanding(last_due: date) -> list[Instalment]:
    statement = (
        sa.select(Instalment)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .where(
            Pledge.status == Status.ACCEPTED,
            Instalment.due_on <= last_due,
            Instalment.amount_minor > Instalment.received_minor + Instalment.cancelled_minor,
        )
        .order_by(Instalment.id)
    )
    return list(db.session.scalars(statement))
