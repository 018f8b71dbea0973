"""Sending what is due: claim, compose, fence, hand over, record."""

import secrets
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import aliased

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.notifications import mailer, messages
from tracker.notifications.lifecycle import (
    CLAIM_AT_ONCE,
    UNDER_WAY,
    Cadence,
    Channel,
    Kind,
    Result,
    Status,
    Timing,
    Trial,
    after,
)
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.services.digesting import settle_members
from tracker.web.application import settings

log = structlog.get_logger()
D = Delivery


def deliver(limit: int = CLAIM_AT_ONCE) -> int:
    """Send up to `limit` due deliveries and give how many were tried; wakes another sender when more is due.

    Two commits lie around each mail: the one before records the last result and fences this delivery as
    `sending`; the one after is the next mail's. A worker killed in between leaves a doubt about one mail
    only, and that one is `uncertain`, not lost.
    """
    transport = mailer.transport(settings())
    run = _Run(transport, secrets.token_hex(16))
    ids = claim(run.token, transport.timing, limit)
    try:
        while ids and not run.over:
            run.try_one(ids.pop(0))
            if run.unreachable:
                log.warning("mail server cannot be used, mail waits", reason=run.unreachable)
                run.results.extend((left, Result(Kind.UNREACHABLE, run.unreachable)) for left in ids)
                ids = []
    finally:
        run.settle()
        _hand_back(run.token, ids)
    if run.tried and not run.unreachable and anything_due():
        wake("notifications.deliver")
    return run.tried


def claim(token: str, timing: Timing, limit: int) -> list[int]:
    """Take due deliveries under a lease; the ids, in the order in which they are to be sent."""
    at = now()
    with transaction():
        ids = [*_due(_uncertain(at), limit), *_due(_pending(at), limit)][:limit]
        if not ids:
            return []
        statement = (
            sa.update(D)
            .where(D.id.in_(ids), D.status.in_((Status.PENDING, Status.UNCERTAIN)))
            .values(status=Status.CLAIMED, token=token, lease_until=at + timing.lease)
            .returning(D.id)
            .execution_options(synchronize_session=False)
        )
        taken = set(db.session.scalars(statement))
    return [delivery_id for delivery_id in ids if delivery_id in taken]


def _due(condition: sa.ColumnElement[bool], limit: int) -> list[int]:
    statement = sa.select(D.id).where(condition).order_by(D.due_at, D.id).limit(limit)
    return list(db.session.scalars(statement.with_for_update(skip_locked=True)))


def _uncertain(at: Any) -> sa.ColumnElement[bool]:
    return sa.and_(stands_in(D, Status.UNCERTAIN), D.due_at <= at)


def _pending(at: Any) -> sa.ColumnElement[bool]:
    """Due, in no digest, and no earlier one of the same recipient, channel and subject still under way."""
    earlier = aliased(D)
    waits = sa.exists().where(
        earlier.recipient_key == D.recipient_key,
        earlier.channel == D.channel,
        earlier.subject_key == D.subject_key,
        earlier.event_id < D.event_id,
        stands_in(earlier, *UNDER_WAY),
        earlier.digest_id.is_(None),
        earlier.cadence == Cadence.AT_ONCE,
        sa.or_(earlier.holds_until.is_(None), earlier.holds_until > at),
    )
    return sa.and_(
        stands_in(D, Status.PENDING), D.digest_id.is_(None), D.channel == Channel.EMAIL, D.due_at <= at, ~waits
    )


def anything_due() -> bool:
    """Whether a sender would find work now."""
    at = now()
    return any(db.session.scalar(sa.select(sa.exists().where(due))) for due in (_pending(at), _uncertain(at)))


@dataclass
class _Run:
    """One run of a sender: its token, what is not yet recorded, and whether the server went away."""

    transport: mailer.Transport
    token: str
    results: list[tuple[int, Result]] = field(default_factory=list)
    told: dict[int, frozenset[int]] = field(default_factory=dict)
    tried: int = 0
    unreachable: str = ""
    started: float = field(default_factory=monotonic)

    @property
    def over(self) -> bool:
        """Whether the run has lasted long enough: what is left is given back for the next one."""
        return monotonic() - self.started > self.transport.timing.patience

    def try_one(self, delivery_id: int) -> None:
        """Take one claimed delivery to its result."""
        self.tried += 1
        composed, language = self._compose(delivery_id)
        if isinstance(composed, Result):
            self.results.append((delivery_id, composed))
            return
        try:
            self.transport.ready()
        except mailer.Unreachable as reason:
            self.unreachable = str(reason) or "unreachable"
            self.results.append((delivery_id, Result(Kind.UNREACHABLE, self.unreachable)))
            return
        if self.settle(fence=delivery_id, language=language):
            self.told[delivery_id] = composed.told
            self.results.append((delivery_id, self.transport.send(composed.mail)))

    def _compose(self, delivery_id: int) -> tuple[messages.Composed | Result, str | None]:
        try:
            delivery = db.session.get(D, delivery_id, populate_existing=True)
            if delivery is None:
                return Result(Kind.SUPPRESSED, "the row is gone"), None
            return messages.compose(delivery), None
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise
        except Exception as reason:
            log.exception("mail not made", delivery_id=delivery_id)
            db.session.rollback()
            return Result(Kind.BROKEN, f"{type(reason).__name__} while the mail was made"), None

    def settle(self, fence: int | None = None, language: str | None = None) -> bool:
        """Record what is known and fence the next, in one transaction; whether the fence was won."""
        if not self.results and fence is None:
            return False
        at = now()
        with transaction():
            for delivery_id, result in self.results:
                self._record(delivery_id, result, at)
            won = fence is not None and self._fence(fence, at)
        self.results.clear()
        return won

    def _fence(self, delivery_id: int, at: Any) -> bool:
        """From claimed to sending, if the claim is still ours; the other claims' lease is renewed with it."""
        lease_until = at + self.transport.timing.lease
        mine = (D.token == self.token, D.status == Status.CLAIMED, D.lease_until > at)
        update_where(D, *mine, lease_until=lease_until)
        return update_where(D, D.id == delivery_id, *mine, status=Status.SENDING, lease_until=lease_until) == 1

    def _record(self, delivery_id: int, result: Result, at: Any) -> None:
        """Write a result where the row is still ours: also when the sweep has made it uncertain meanwhile."""
        ours = (
            D.id == delivery_id,
            D.token == self.token,
            D.status.in_((Status.CLAIMED, Status.SENDING, Status.UNCERTAIN)),
        )
        columns = (D.attempts, D.uncertain_count, D.holds_until, D.unreachable_at, D.status)
        row = db.session.execute(sa.select(*columns).where(*ours)).first()
        if row is None or (row.status == Status.UNCERTAIN and result.kind is Kind.CUT):
            return
        values = after(Trial(*row[:4]), result, at)
        update_where(D, *ours, **values)
        if delivery_id in self.told:
            settle_members(delivery_id, values["status"], self.told.pop(delivery_id), at)
        if result.kind is Kind.SENT:
            _wake_what_waited(at)


def _wake_what_waited(at: Any) -> None:
    """The server answers: whatever waited for it alone is due at once."""
    update_where(D, D.unreachable_at.is_not(None), stands_in(D, Status.PENDING), due_at=at, unreachable_at=None)


def _hand_back(token: str, ids: list[int]) -> None:
    """Give claims that were not tried back to whoever comes next."""
    if ids:
        with transaction():
            mine = (D.id.in_(ids), D.token == token, D.status == Status.CLAIMED)
            update_where(D, *mine, status=Status.PENDING, token=None, lease_until=None)
