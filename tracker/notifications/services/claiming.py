"""Which deliveries a sender takes, under a lease: many at once, or one alone whose recipient's server hangs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from tracker.calendar.now import now
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.extensions import db
from tracker.notifications.lifecycle import HOLDS_OTHERS, UNDER_WAY, Cadence, Channel, Status, Timing
from tracker.notifications.models import Delivery, HungMailbox, stands_in

D = Delivery
OTHERS_FIRST = timedelta(minutes=1)
"""How long whoever can be reached goes before a mailbox that hangs."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries taken, in the order in which they are to be sent; `alone` with the one place for those that hang."""

    ids: list[int]
    alone: bool = False


def claim(token: str, timing: Timing, limit: int) -> Claim:
    """Take due deliveries under a lease."""
    at = now()
    with transaction():
        suspect = None if _place_is_taken() else _suspect(at)
        if suspect is not None and suspect.due_at <= at - OTHERS_FIRST and _take_alone(suspect.id, token, timing):
            return Claim([suspect.id], alone=True)
        ids = [*_due(_uncertain(at), limit), *_due(_pending(at), limit)][:limit]
        if ids:
            taken = _take(ids, token, timing)
            return Claim([delivery_id for delivery_id in ids if delivery_id in taken])
        if suspect is not None and _take_alone(suspect.id, token, timing):
            return Claim([suspect.id], alone=True)
    return Claim([])


def anything_due() -> bool:
    """Whether a sender would find work now."""
    at = now()
    if any(db.session.scalar(sa.select(sa.exists().where(due))) for due in (_pending(at), _uncertain(at))):
        return True
    return not _place_is_taken() and _suspect(at) is not None


def give_back(ids: list[int], token: str) -> int:
    """Let claims that were not tried wait for whoever comes next."""
    mine = (D.id.in_(ids), D.token == token, D.status == Status.CLAIMED)
    return update_where(D, *mine, status=Status.PENDING, token=None, lease_until=None) if ids else 0


def take_the_place(delivery_id: int, token: str) -> bool:
    """Have the delivery that is being sent be the one that is waited for; False where there is such a one already."""
    try:
        with db.session.begin_nested():
            return update_where(D, D.id == delivery_id, D.token == token, stands_in(D, Status.SENDING), alone=True) == 1
    except sa.exc.IntegrityError:
        return False


def is_hung(address: str) -> bool:
    """Whether a mail to this address hung, and none was answered since."""
    return bool(db.session.scalar(sa.select(sa.exists().where(HungMailbox.address == address))))


def mark_hung(recipient_key: str, address: str, at: datetime) -> None:
    """From now on this recipient is tried alone."""
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    row = insert(HungMailbox).values(recipient_key=recipient_key, address=address, hung_at=at)
    db.session.execute(row.on_conflict_do_update(index_elements=["recipient_key"], set_={"hung_at": at}))


def clear_hung(recipient_key: str, address: str) -> None:
    """There was an answer: the recipient is tried with all others again, under every key that has this address."""
    delete_where(HungMailbox, sa.or_(HungMailbox.recipient_key == recipient_key, HungMailbox.address == address))


def _take(ids: list[int], token: str, timing: Timing, *, alone: bool = False) -> set[int]:
    statement = (
        sa.update(D)
        .where(D.id.in_(ids), D.status.in_((Status.PENDING, Status.UNCERTAIN)))
        .values(status=Status.CLAIMED, token=token, alone=alone, lease_until=now() + timing.lease)
        .returning(D.id)
        .execution_options(synchronize_session=False)
    )
    return set(db.session.scalars(statement))


def _take_alone(delivery_id: int, token: str, timing: Timing) -> bool:
    """Take it with the one place, which the database gives to one sender only."""
    try:
        with db.session.begin_nested():
            return bool(_take([delivery_id], token, timing, alone=True))
    except sa.exc.IntegrityError:
        return False


def _place_is_taken() -> bool:
    held = (D.alone, stands_in(D, Status.CLAIMED, Status.SENDING))
    return bool(db.session.scalar(sa.select(sa.exists().where(*held))))


def _suspect(at: datetime) -> sa.Row[int, datetime] | None:
    """The first that is due of those that are tried alone."""
    hangs = D.recipient_key.in_(sa.select(HungMailbox.recipient_key))
    recent = D.created_at > at - HOLDS_OTHERS
    waits = sa.and_(recent, _earlier_is_under_way(at))
    # Said of all that are under way first: their index begins with the recipient.
    pending = (stands_in(D, *UNDER_WAY), D.digest_id.is_(None), stands_in(D, Status.PENDING), _is_mail_due(at), ~waits)
    uncertain = (stands_in(D, Status.UNCERTAIN), D.due_at <= at)
    found = [_first(hangs, *uncertain), _first(hangs, *pending)]
    return next((row for row in found if row is not None), None)


def _first(*conditions: sa.ColumnElement[bool]) -> sa.Row[int, datetime] | None:
    statement = sa.select(D.id, D.due_at).where(*conditions).order_by(D.due_at, D.id).limit(1)
    return db.session.execute(statement.with_for_update(skip_locked=True)).first()


def _due(condition: sa.ColumnElement[bool], limit: int) -> list[int]:
    statement = sa.select(D.id).where(condition).order_by(D.due_at, D.id).limit(limit)
    return list(db.session.scalars(statement.with_for_update(skip_locked=True)))


def _uncertain(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(stands_in(D, Status.UNCERTAIN), D.due_at <= at, ~_hangs())


def _pending(at: datetime) -> sa.ColumnElement[bool]:
    """Due, in no digest, for nobody who hangs, and not behind an earlier one."""
    due = (stands_in(D, Status.PENDING), D.digest_id.is_(None), _is_mail_due(at))
    return sa.and_(*due, ~_hangs(), ~_earlier_is_under_way(at))


def _is_mail_due(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(D.channel == Channel.EMAIL, D.due_at <= at)


def _hangs() -> sa.ColumnElement[bool]:
    return sa.exists().where(HungMailbox.recipient_key == D.recipient_key)


def _earlier_is_under_way(at: datetime) -> sa.ColumnElement[bool]:
    """One of the same recipient, channel and subject that still holds later ones."""
    earlier = aliased(D)
    return sa.exists().where(
        earlier.recipient_key == D.recipient_key,
        earlier.channel == D.channel,
        earlier.subject_key == D.subject_key,
        earlier.event_id < D.event_id,
        stands_in(earlier, *UNDER_WAY),
        earlier.digest_id.is_(None),
        earlier.cadence == Cadence.AT_ONCE,
        sa.or_(earlier.holds_until.is_(None), earlier.holds_until > at),
    )
