"""What beat does every few seconds: find what a killed worker or an emptied broker left behind."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.notifications import mailer
from tracker.notifications.lifecycle import ENDED, SUSPECTED_AFTER, Status, Trial, claim_lost, perhaps_sent
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.services import claiming
from tracker.notifications.services.claiming import anything_due
from tracker.notifications.services.digesting import free_from_digest
from tracker.notifications.services.dispatching import dispatch
from tracker.notifications.services.following import follow_up
from tracker.notifications.services.reaching import notice_arrivals
from tracker.web.application import settings

D = Delivery


def sweep() -> dict[str, int]:
    """Release expired leases, free members of ended digests, expand waiting events, tell those behind whom nobody was
    reached, begin the time to answer where a letter arrived, wake a sender; counts of each."""
    counts = {"released": release_expired(), "freed": free_left_members()}
    counts |= {"dispatched": dispatch(), "followed": follow_up(), "reached": notice_arrivals()}
    if anything_due():
        wake("notifications.deliver")
    return counts


def release_expired() -> int:
    """Claims whose lease is over wait again; what was being sent is uncertain. The number of rows changed."""
    at, changed = now(), 0
    lease = mailer.transport(settings()).timing.lease
    with transaction():
        rows = db.session.execute(
            sa.select(D)
            .where(stands_in(D, Status.CLAIMED, Status.SENDING), D.lease_until <= at)
            .limit(500)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        ).scalars()
        for row in rows.all():
            mine = (D.id == row.id, D.token == row.token, D.status == row.status, D.lease_until <= at)
            changed += update_where(D, *mine, **_left_behind(row, at, lease))
            if row.status == Status.CLAIMED and row.lost_claims + 1 >= SUSPECTED_AFTER:
                claiming.mark_hung(row.recipient_key, "", at)
    return changed


def _left_behind(row: Delivery, at: datetime, lease: timedelta) -> dict[str, Any]:
    """What becomes of a delivery whose worker went away; a doubt began when it was handed over, not now."""
    trial = Trial(row.refusals, row.away_count, row.uncertain_count, row.holds_until)
    fenced_at = (row.lease_until or at) - lease
    if row.status == Status.SENDING:
        return perhaps_sent(trial, fenced_at) | {"last_error": "the worker went away"}
    return claim_lost(trial, row.lost_claims, at) | {"last_error": "the worker went away before it sent"}


def free_left_members() -> int:
    """Deliveries whose digest has ended without them go out by themselves."""
    ended = sa.select(D.id).where(D.event_id.is_(None), D.status.in_(ENDED)).scalar_subquery()
    waiting = sa.exists().where(D.digest_id.is_not(None), D.status == Status.PENDING, D.digest_id.in_(ended))
    if not db.session.scalar(sa.select(waiting)):
        return 0
    with transaction():
        return free_from_digest(D.digest_id.in_(ended), D.status == Status.PENDING)
