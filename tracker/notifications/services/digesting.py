"""Digests: one delivery for a period, whose members follow its state."""

import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.calendar.now import VIENNA, now
from tracker.database.transactions import update_where
from tracker.extensions import db
from tracker.notifications.lifecycle import ENDED, Cadence, Channel, Side, Status
from tracker.notifications.models import Delivery, new_message_id

HOUR = time(7)
"""When digests go out, in Vienna; weekly ones on Mondays."""


def next_due(cadence: str, moment: datetime) -> datetime:
    """When the digest that an event of this moment goes into is sent (aware)."""
    day = moment.astimezone(VIENNA).date()
    if datetime.combine(day, HOUR, VIENNA) <= moment:
        day += timedelta(days=1)
    if cadence == Cadence.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, HOUR, VIENNA)


def digest_for(person_id: int, cadence: str) -> int:
    """The id of the person's digest that is still open, made when there is none yet."""
    due_at = next_due(cadence, now())
    while True:
        found = _open_digest(person_id, cadence, due_at)
        if found is not None:
            return found
        due_at = next_due(cadence, due_at + timedelta(hours=1))


def _open_digest(person_id: int, cadence: str, due_at: datetime) -> int | None:
    key, period = f"person:{person_id}", due_at.astimezone(VIENNA).date().isoformat()
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    public_id = uuid.uuid4()
    values = {
        "public_id": public_id,
        "recipient_key": key,
        "person_id": person_id,
        "side": Side.SELF,
        "channel": Channel.EMAIL,
        "kind": "digest",
        "cadence": cadence,
        "period": period,
        "subject_key": f"digest:{cadence}:{period}",
        "status": Status.PENDING,
        "due_at": due_at,
        "created_at": now(),
        "message_id": new_message_id(public_id),
    }
    db.session.execute(insert(Delivery).values(**values).on_conflict_do_nothing())
    return db.session.scalar(
        sa.select(Delivery.id).where(
            Delivery.recipient_key == key,
            Delivery.cadence == cadence,
            Delivery.period == period,
            Delivery.event_id.is_(None),
            Delivery.status == Status.PENDING,
        )
    )


def note_what_members_say(statuses: Mapping[int, str | None], language: str) -> None:
    """A digest is about to go out: in which language, and with which status each of its members is told."""
    for status in set(statuses.values()):
        ids = [number for number, told in statuses.items() if told == status]
        update_where(Delivery, Delivery.id.in_(ids), language=language, told_status=status)


def settle_members(digest_id: int, status: str, told: frozenset[int], at: datetime) -> None:
    """A digest has ended: the members it told follow it, those that came too late go out by themselves."""
    if status not in ENDED:
        return
    members = (Delivery.digest_id == digest_id, Delivery.status == Status.PENDING)
    if told:
        sent_at = at if status == Status.SENT else None
        update_where(Delivery, *members, Delivery.id.in_(told), status=status, sent_at=sent_at)
    free_from_digest(*members)


def free_from_digest(*conditions: sa.ColumnElement[bool]) -> int:
    """Take deliveries out of their digest; they are due at once."""
    return update_where(Delivery, *conditions, digest_id=None, due_at=now())
