"""What follows when mail to somebody ended badly: those behind them get their turn, once."""

import sqlalchemy as sa
import structlog

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import Channel
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.services.reaching import say_missed
from tracker.notifications.services.telling import BAD, tell

log = structlog.get_logger()
D = Delivery
BATCH = 100
"""Events that one sweep looks at."""


def follow_up() -> int:
    """Tell those behind whom mail has reached nobody since the last look; the number of events looked at. One that
    cannot be followed up is logged, left for the next sweep, and does not keep the others."""
    waiting = sa.select(D.event_id).where(*_not_followed()).distinct().order_by(D.event_id).limit(BATCH)
    event_ids = db.session.scalars(waiting).all()
    return sum(_follow(event_id) for event_id in event_ids if event_id is not None)


def _not_followed() -> tuple[sa.ColumnElement[bool], ...]:
    """Written as the index over them is, so that the databases use it."""
    email = D.channel == sa.literal(Channel.EMAIL.value, literal_execute=True)
    return stands_in(D, *BAD), email, D.event_id.is_not(None), D.followed_at.is_(None)


def _follow(event_id: int) -> bool:
    """Look at one event in a transaction of its own; whether it was still to be looked at."""
    try:
        with transaction():
            if not update_where(D, D.event_id == event_id, *_not_followed(), followed_at=now()):
                return False
            event = db.session.get_one(Event, event_id)
            say_missed(event, tell(event))
    except sa.exc.OperationalError:
        raise
    except Exception:
        log.exception("event not followed up", event_id=event_id)
        return False
    return True
