"""Sending what is due: compose, fence, hand over, record."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

import sqlalchemy as sa
import structlog

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.languages.addresses import Unmailable
from tracker.notifications import mailer, messages, mime
from tracker.notifications.lifecycle import ANSWERS, CLAIM_AT_ONCE, GREETED, Kind, Result, Status, Trial, after
from tracker.notifications.models import Delivery, stands_in
from tracker.notifications.services import claiming
from tracker.notifications.services.digesting import note_what_members_say, settle_members
from tracker.web.application import settings

log = structlog.get_logger()
D = Delivery


def deliver(limit: int = CLAIM_AT_ONCE) -> int:
    """Send up to `limit` due deliveries and give how many were tried; wakes another sender when more is due, at once
    where there is more than it could take: what one event tells many goes out by all senders side by side.

    Two commits lie around each mail: the one before records the last result and fences this delivery as
    `sending`; the one after is the next mail's. A worker killed in between leaves a doubt about one mail
    only, and that one is `uncertain`, not lost.
    """
    transport = mailer.transport(settings())
    token = secrets.token_hex(16)
    claim = claiming.claim(token, transport.timing, limit)
    full = len(claim.ids) == limit
    if full:
        wake("notifications.deliver")
    run = _Run(transport, token, left=claim.ids, alone=claim.alone)
    run.reply_to = messages.where_answers_go() if claim.ids else ""
    try:
        while run.left and not run.over:
            run.try_one(run.left.pop(0))
        if run.unreachable:
            log.warning("mail server cannot be used, mail waits", reason=run.unreachable)
            run.leave_all()
    finally:
        run.end()
    if run.tried and not full and not run.unreachable and claiming.anything_due():
        wake("notifications.deliver")
    return run.tried


@dataclass
class _Run:
    """One run of a sender: its token, what it has still to try, what is not yet recorded, how the server behaves."""

    transport: mailer.Transport
    token: str
    left: list[int] = field(default_factory=list)
    alone: bool = False
    results: list[tuple[int, Result]] = field(default_factory=list)
    told: dict[int, frozenset[int]] = field(default_factory=dict)
    mailed: dict[int, mime.Mail] = field(default_factory=dict)
    reply_to: str = ""
    tried: int = 0
    unreachable: str = ""
    hung: bool = False
    greeted: bool = False
    started: float = field(default_factory=monotonic)

    @property
    def over(self) -> bool:
        """Whether what is left goes back for the next run: this one lasted long enough, or met trouble."""
        late = monotonic() - self.started > self.transport.timing.patience
        return late or self.hung or bool(self.unreachable)

    def try_one(self, delivery_id: int) -> None:
        """Take one claimed delivery to its result."""
        self.tried += 1
        composed = self._compose(delivery_id)
        if isinstance(composed, Result):
            self.results.append((delivery_id, composed))
            return
        try:
            self.transport.ready()
        except mailer.Unreachable as reason:
            self.unreachable = str(reason) or "unreachable"
            self.results.append((delivery_id, Result(Kind.UNREACHABLE, self.unreachable)))
            return
        if self.fence(delivery_id, composed):
            self.told[delivery_id], self.mailed[delivery_id] = composed.told, composed.mail
            result = self.transport.send(composed.mail, lambda: self.let_others_past(delivery_id))
            self.results.append((delivery_id, result))
            self.hung = result.hung
            if result.kind is Kind.UNREACHABLE:
                self.unreachable = result.reason

    def _compose(self, delivery_id: int) -> messages.Composed | Result:
        try:
            delivery = db.session.get(D, delivery_id, populate_existing=True)
            if delivery is None:
                return Result(Kind.SUPPRESSED, "the row is gone")
            return messages.compose(delivery, self.reply_to)
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise
        except Unmailable:
            return Result(Kind.UNMAILABLE, mailer.NO_ADDRESS)
        except Exception as reason:
            log.exception("mail not made", delivery_id=delivery_id)
            db.session.rollback()
            return Result(Kind.BROKEN, f"{type(reason).__name__} while the mail was made")

    def fence(self, delivery_id: int, composed: messages.Composed) -> bool:
        """Record what is known and let this delivery be sent, in one transaction; False when it is not ours to send,
        or its mailbox hung meanwhile and has to be tried alone."""
        at, address = now(), composed.mail.to
        with transaction():
            self._record_results(at)
            if not self.alone and claiming.is_hung(address):
                self._leave_alone(delivery_id, address, at)
                won = False
            else:
                won = self._fence(delivery_id, composed, at)
        self.results.clear()
        return won

    def _leave_alone(self, delivery_id: int, address: str, at: datetime) -> None:
        key = db.session.scalar(sa.select(D.recipient_key).where(D.id == delivery_id))
        claiming.mark_hung(str(key), address, at)
        claiming.give_back([delivery_id], self.token)

    def _fence(self, delivery_id: int, composed: messages.Composed, at: datetime) -> bool:
        """From claimed to sending, if the claim is still ours; the other claims' lease is renewed with it. Written down
        with it is what the mail says: no text is kept, it is made again from language and status."""
        lease_until = at + self.transport.timing.lease
        mine = (D.token == self.token, D.status == Status.CLAIMED, D.lease_until > at)
        if self.left:
            update_where(D, *mine, lease_until=lease_until)
        says = {"language": composed.mail.language, "told_status": composed.statuses.get(delivery_id)}
        values = {"status": Status.SENDING, "lease_until": lease_until, **says}
        won = update_where(D, D.id == delivery_id, *mine, **values) == 1
        if won and composed.told:
            note_what_members_say(composed.statuses, composed.mail.language)
        return won

    def let_others_past(self, delivery_id: int) -> bool:
        """An answer takes long: what this task still holds is given to others at once. Whether to go on waiting: over
        all workers one delivery at a time is waited for."""
        if self.alone:
            return True
        try:
            with transaction():
                self._give_back()
                self.alone = claiming.take_the_place(delivery_id, self.token)
        except sa.exc.DBAPIError:
            log.exception("others not let past", delivery_id=delivery_id)
            return True
        return self.alone

    def leave_all(self) -> None:
        """Nobody greets: all that this task holds waits for the server."""
        self.results.extend((delivery_id, Result(Kind.UNREACHABLE, self.unreachable)) for delivery_id in self.left)
        self.left.clear()

    def end(self) -> None:
        """Record what is known and give back what was not tried, in one transaction."""
        if self.results or self.left:
            with transaction():
                self._record_results(now())
                self._give_back()
            self.results.clear()

    def _give_back(self) -> None:
        if claiming.give_back(self.left, self.token):
            wake("notifications.deliver")
        self.left.clear()

    def _record_results(self, at: datetime) -> None:
        for delivery_id, result in self.results:
            self._record(delivery_id, result, at)
        if not self.greeted and any(result.kind in GREETED for _, result in self.results):
            self.greeted = True
            wake_what_waited(at)

    def _record(self, delivery_id: int, result: Result, at: datetime) -> None:
        """Write a result where the row is still ours: also when the sweep has made it uncertain meanwhile."""
        ours = (
            D.id == delivery_id,
            D.token == self.token,
            D.status.in_((Status.CLAIMED, Status.SENDING, Status.UNCERTAIN)),
        )
        trial = (D.refusals, D.away_count, D.uncertain_count, D.holds_until, D.unreachable_at)
        row = db.session.execute(sa.select(*trial, D.status, D.recipient_key, D.event_id).where(*ours)).first()
        if row is None or (row.status == Status.UNCERTAIN and result.kind is Kind.CUT):
            return
        values = after(Trial(*row[:5]), result, at)
        mail = self.mailed.pop(delivery_id, None)
        update_where(D, *ours, **values)
        told = self.told.pop(delivery_id, None)
        if told is not None and row.event_id is None:
            settle_members(delivery_id, values["status"], told, at)
        if mail is not None and result.hung:
            claiming.mark_hung(row.recipient_key, mail.to, at)
        elif mail is not None and self.alone and result.kind in ANSWERS:
            claiming.clear_hung(row.recipient_key, mail.to)


def wake_what_waited(at: datetime) -> None:
    """The server greets again: whatever waited for it alone is due at once."""
    waited = (D.unreachable_at.is_not(None), stands_in(D, Status.PENDING))
    update_where(D, *waited, due_at=at, unreachable_at=None, away_count=0)
