"""Sending a failed delivery again because a person asks for it."""

import uuid

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.database.wake_ups import wake
from tracker.errors import Conflict, NotFound
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.notifications.lifecycle import REPEATABLE, Status
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.policies import RULES
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def send_again(public_id: uuid.UUID, *, actor: Actor) -> int:
    """Have a failed, bounced or uncertain delivery tried again from the start, with the same Message-ID.

    Raises Conflict when it is under way or was sent meanwhile.
    """
    authorize(RULES, "send_again", actor, None)
    delivery = db.session.scalars(sa.select(Delivery).where(Delivery.public_id == public_id)).one_or_none()
    if delivery is None:
        raise NotFound
    values = {"status": Status.PENDING, "due_at": now(), "token": None, "lease_until": None}
    values |= {"refusals": 0, "away_count": 0, "lost_claims": 0}
    repeatable = (Delivery.id == delivery.id, stands_in(Delivery, *REPEATABLE))
    if not update_where(Delivery, *repeatable, holds_until=None, unreachable_at=None, last_error=None, **values):
        raise Conflict(lazy("This message is on its way or was sent meanwhile."))
    record("notifications.sent_again", delivery, actor=actor, before=delivery.status)
    wake("notifications.deliver")
    return delivery.id
