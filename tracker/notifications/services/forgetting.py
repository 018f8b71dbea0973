"""How long deliveries and their marks are kept. Events are kept for good; what was told of them is not."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.calendar.now import now
from tracker.database.transactions import delete_where, transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import ENDED
from tracker.notifications.models import Addressee, Delivery, Dispatch, DispatchMark, HungMailbox

DELIVERIES_ARE_KEPT = timedelta(days=730)
DISPATCHES_ARE_KEPT = timedelta(days=30)
HUNG_ARE_KEPT = timedelta(days=30)
AT_ONCE = 1_000
"""Rows for one transaction: short enough not to keep other writers waiting on SQLite."""


def forget_old_deliveries() -> int:
    """Delete what has ended two years ago or earlier, the oldest first; a digest once its members are gone."""
    deleted = 0
    while number := _forget_some():
        deleted += number
    return deleted


def _forget_some() -> int:
    """Delete from among the oldest rows: they are found by their ids, for nothing else asks for deliveries by age."""
    member = aliased(Delivery)
    oldest = sa.select(Delivery.id).order_by(Delivery.id).limit(AT_ONCE).scalar_subquery()
    with transaction():
        return delete_where(
            Delivery,
            Delivery.id.in_(oldest),
            Delivery.created_at < now() - DELIVERIES_ARE_KEPT,
            Delivery.status.in_(ENDED),
            ~sa.exists().where(member.digest_id == Delivery.id),
        )


def forget_old_addressees() -> int:
    """Delete whom the events told of which no delivery is kept any more."""
    kept = sa.select(sa.func.min(Event.id)).where(Event.at >= now() - DELIVERIES_ARE_KEPT)
    with transaction():
        first = db.session.scalar(kept)
        old = Addressee.event_id < first if first is not None else sa.true()
        left = sa.exists().where(Delivery.event_id == Addressee.event_id)
        undispatched = ~sa.exists().where(Dispatch.event_id == Addressee.event_id)
        waits = sa.and_(Addressee.event_id > _reached(), undispatched)
        return delete_where(Addressee, old, ~left, ~waits)


def _reached() -> int:
    """Every event up to this one is dispatched."""
    return db.session.scalar(sa.select(sa.func.max(DispatchMark.event_id))) or 0


def forget_old_dispatches() -> int:
    """Delete marks of events below which all are dispatched: nobody looks for them there any more."""
    with transaction():
        return delete_where(Dispatch, Dispatch.event_id <= _reached(), Dispatch.at < now() - DISPATCHES_ARE_KEPT)


def forget_hung_mailboxes() -> int:
    """Try a mailbox with all others again when there was no mail for it for long."""
    with transaction():
        return delete_where(HungMailbox, HungMailbox.hung_at < now() - HUNG_ARE_KEPT)


CHORES = (forget_old_deliveries, forget_old_addressees, forget_old_dispatches, forget_hung_mailboxes)
"""In this order: whom an event tells is kept as long as a delivery of it is."""
