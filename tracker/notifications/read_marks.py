"""When the other side took note of a message: the moment at which one of its people opened what told them of it."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest as R
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import Channel, Side
from tracker.notifications.models import Delivery

MOST = 100
"""Of how many messages a page asks."""


def read_by_office(request_id: int, event_names: Collection[str]) -> dict[int, datetime]:
    """When somebody of the office first read of each message, by the message's row; those that nobody read are not in
    it. `event_names` are what is recorded of messages."""
    statement = (
        sa.select(Event.data, sa.func.min(Delivery.read_at).label("read_at"))
        .join(Delivery, Delivery.event_id == Event.id)
        .where(
            Event.subject_type == R.__event_subject__,
            Event.subject_id == request_id,
            Event.name.in_(sorted(event_names)),
        )
        .where(Delivery.channel == Channel.INAPP, Delivery.side == Side.STAFF, Delivery.read_at.is_not(None))
        .group_by(Event.id)
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    return {data["message_id"]: read_at for data, read_at in db.session.execute(statement) if "message_id" in data}
