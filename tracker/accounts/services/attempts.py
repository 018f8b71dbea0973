"""Attempts to sign in, counted in the database before anything is checked, so that parallel ones count as well."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.lifecycle import ADDRESS_KNOWN_FOR, FAILURES_COUNT_FOR, Failures, wait_until
from tracker.accounts.links import hash_of
from tracker.accounts.models import SignInAttempt
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.languages.addresses import normal_email

# How many letters (kind reset) and public forms (kind account) an hour one network address may cause.
PER_HOUR = {"reset": 20, "account": 10}
# How many reset letters an hour one mailbox can be sent.
LETTERS_PER_MAILBOX = 3


class TooOften(DomainError):
    """The next try may be made at `until`; the answer is the same whether the address is known or not."""

    status = 429

    def __init__(self, until: datetime) -> None:
        super().__init__(None)
        self.until = until

    @property
    def seconds(self) -> int:
        """How long from now, at least one second."""
        return max(1, int((self.until - now()).total_seconds()) + 1)


@verb(events=0)
def open_attempt(email: str, *, address: str) -> int:
    """Count a try to sign in as failed until `close_attempt`; give its id. Raise TooOften while one must wait."""
    email_hash = hash_of(normal_email(email))
    row = db.session.execute(_failures(email_hash, address)).one()
    until = wait_until(
        here=Failures(row.here, row.here_last),
        person=Failures(row.person, row.person_last),
        network=Failures(row.network, row.network_last),
        known_here=bool(row.known),
    )
    if until is not None and until > now():
        raise TooOften(until)
    attempt = SignInAttempt(kind="sign_in", email_hash=email_hash, address=address)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def _failures(email_hash: str, address: str) -> sa.Select[Any]:
    """One statement: failures since the last success here, for the person anywhere, for the network address."""
    a = SignInAttempt
    since = now() - FAILURES_COUNT_FOR
    is_mail, is_here, failed = a.email_hash == email_hash, a.address == address, a.succeeded.is_(False)
    b = aliased(SignInAttempt)
    last_success = (
        sa.select(sa.func.max(b.id))
        .where(b.kind == "sign_in", b.email_hash == email_hash, b.address == address, b.succeeded.is_(True))
        .where(b.at > now() - ADDRESS_KNOWN_FOR)
        .scalar_subquery()
    )
    here = sa.and_(is_mail, is_here, a.id > sa.func.coalesce(last_success, 0))
    return sa.select(
        *_counted("here", here),
        *_counted("person", is_mail),
        *_counted("network", is_here),
        last_success.label("known"),
    ).where(a.kind == "sign_in", failed, a.at > since, sa.or_(is_mail, is_here))


def _counted(name: str, condition: Any) -> tuple[Any, Any]:
    at = sa.case((condition, SignInAttempt.at))
    return sa.func.count(at).label(name), sa.func.max(at).label(f"{name}_last")


@verb(events=0)
def close_attempt(attempt_id: int) -> None:
    """The password was right: the try no longer counts as a failure."""
    update_where(SignInAttempt, SignInAttempt.id == attempt_id, succeeded=True)


@verb(events=0)
def count_letter(kind: str, *, email: str, address: str) -> bool:
    """Count a try that may cause a letter; whether one may still be written to this mailbox.

    Raise TooOften when the network address caused too many within the hour.
    """
    since = now() - timedelta(hours=1)
    email_hash = hash_of(normal_email(email))
    recent = sa.select(sa.func.count(), sa.func.min(SignInAttempt.at)).where(
        SignInAttempt.kind == kind, SignInAttempt.at > since
    )
    count, first = db.session.execute(recent.where(SignInAttempt.address == address)).one()
    if count >= PER_HOUR[kind]:
        raise TooOften(first + timedelta(hours=1))
    letters, _ = db.session.execute(recent.where(SignInAttempt.email_hash == email_hash)).one()
    db.session.add(SignInAttempt(kind=kind, email_hash=email_hash, address=address, succeeded=True))
    return letters < LETTERS_PER_MAILBOX


@verb(events=0)
def forget_old_attempts() -> int:
    """Delete what no rule reads any more; the beat calls it daily. Gives the number of rows."""
    return delete_where(SignInAttempt, SignInAttempt.at < now() - ADDRESS_KNOWN_FOR)


def guarded(email: str, *, address: str, check: Callable[[], bool]) -> bool:
    """Run `check` as one counted try: outside a transaction, because hashing takes long."""
    attempt_id = open_attempt(email, address=address)
    right = check()
    if right:
        close_attempt(attempt_id)
    return right
