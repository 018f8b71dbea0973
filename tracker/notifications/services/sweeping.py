"""What beat does every few seconds: find what a killed worker or an emptied broker left behind."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.notifications import mailer
from tracker.notifications.lifecycle import BACK_OFF, ENDED, HOLDS_OTHERS, Status, Trial, perhaps_sent
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.services.delivering import anything_due
from tracker.notifications.services.digesting import free_from_digest
from tracker.notifications.services.dispatching import dispatch
from tracker.web.application import settings

D = Delivery


def sweep() -> dict[str, int]:
    """Release expired leases, expand waiting events, free members of ended digests, wake a sender; counts of each."""
    counts = {"released": release_expired(), "freed": free_left_members(), "dispatched": dispatch()}
    if anything_due():
        wake("notifications.deliver")
    return counts


def release_expired() -> int:
    """Claims whose lease is over wait again; what was being sent is uncertain. The number of rows changed."""
    at, changed = now(), 0
    lease = mailer.transport(settings()).timing.lease
    with transaction():
        rows = db.session.execute(
            sa.select(D.id, D.token, D.status, D.attempts, D.uncertain_count, D.holds_until, D.lease_until)
            .where(stands_in(D, Status.CLAIMED, Status.SENDING), D.lease_until <= at)
            .limit(500)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            trial = Trial(row.attempts, row.uncertain_count, row.holds_until)
            fenced_at = row.lease_until - lease  # the doubt began when it was handed over, not when we found out
            values = perhaps_sent(trial, fenced_at) if row.status == Status.SENDING else _claim_lost(trial, at)
            values |= {"attempts": row.attempts + 1, "last_error": "the worker went away"}
            mine = (D.id == row.id, D.token == row.token, D.status == row.status, D.lease_until <= at)
            changed += update_where(D, *mine, **values)
    return changed


def _claim_lost(trial: Trial, at: datetime) -> dict[str, Any]:
    """Nothing was sent: due at once; a row that costs worker after worker waits longer each time."""
    wait = BACK_OFF[min(trial.attempts - 2, len(BACK_OFF) - 1)] if trial.attempts >= 2 else None
    return {
        "status": Status.PENDING,
        "token": None,
        "lease_until": None,
        "due_at": at + wait if wait else at,
        "holds_until": trial.holds_until or (at + HOLDS_OTHERS if wait else None),
    }


def free_left_members() -> int:
    """Deliveries whose digest has ended without them go out by themselves."""
    ended = sa.select(D.id).where(D.event_id.is_(None), D.status.in_(ENDED)).scalar_subquery()
    waiting = sa.exists().where(D.digest_id.is_not(None), D.status == Status.PENDING, D.digest_id.in_(ended))
    if not db.session.scalar(sa.select(waiting)):
        return 0
    with transaction():
        return free_from_digest(D.digest_id.in_(ended), D.status == Status.PENDING)
