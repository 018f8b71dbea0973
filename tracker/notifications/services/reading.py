"""Marks of reading: a person's own, no event of the record."""

import uuid

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.notifications.inbox import own
from tracker.notifications.models import Delivery
from tracker.rights.actor import Actor


@verb(events=0)
def mark_read(public_id: uuid.UUID, *, actor: Actor) -> int:
    """Mark one of the actor's own notifications as read; 0 when it is read already or not theirs."""
    return update_where(
        Delivery, Delivery.public_id == public_id, *own(actor), Delivery.read_at.is_(None), read_at=now()
    )


@verb(events=0)
def mark_all_read(*, actor: Actor, up_to: int | None = None) -> int:
    """Mark the actor's notifications as read, only up to the row id `up_to` that the page showed; their number."""
    shown = (Delivery.id <= up_to,) if up_to is not None else ()
    return update_where(Delivery, *shown, *own(actor), Delivery.read_at.is_(None), read_at=now())
