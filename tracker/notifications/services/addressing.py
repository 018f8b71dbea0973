"""Fixing in the transaction of an act whom it tells, and reading that again when deliveries are made of it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import audience
from tracker.notifications.audience import Recipient
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import Side, Turn
from tracker.notifications.models import Addressee, DispatchMark
from tracker.notifications.subjects import About
from tracker.rights.actor import Actor

_FIXED = ("side", "rule", "turn", "person_id", "membership_id", "organisation_id")
"""What stays as it was; language and name are read when somebody is written to."""


def fix_addressees(event: Event, _subject: Any, _actor: Actor) -> None:
    """Reaction to every event that tells somebody: write down whom, so that nobody can be added afterwards."""
    _write(event)


def addressees_of(event: Event) -> Sequence[Recipient]:
    """Whom the event tells. For one that is older than the table of addressees this is decided now."""
    found = _read(event)
    if not found and event.id <= (db.session.scalar(sa.select(DispatchMark.unaddressed_until)) or 0):
        _write(event)
        found = _read(event)
    return found


def _write(event: Event) -> None:
    people = audience.recipients(CATALOGUE[event.name], About.of(event), event.actor_person_id)
    if people:
        fixed = [{name: getattr(person, name) for name in _FIXED} | {"recipient_key": person.key} for person in people]
        db.session.execute(sa.insert(Addressee.__table__), [row | {"event_id": event.id} for row in fixed])


def _read(event: Event) -> list[Recipient]:
    columns = (getattr(Addressee, name) for name in ("recipient_key", *_FIXED))
    in_order = (Addressee.turn, Addressee.membership_id, Addressee.recipient_key)
    rows = db.session.execute(sa.select(*columns).where(Addressee.event_id == event.id).order_by(*in_order))
    return [Recipient(key, Side(side), rule, Turn(turn), *ids) for key, side, rule, turn, *ids in rows]
