"""A code by mail: with it and the right password one always gets in, however many wrong ones others try."""

import hmac
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker import events
from tracker.accounts import links
from tracker.accounts.lifecycle import CODE_HOLDS, CODE_TRIES, CODES_PER_HOUR
from tracker.accounts.links import hash_of
from tracker.accounts.models import SignInAttempt, SignInCode
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.rights.actor import Actor

_KEPT = timedelta(days=1)


@verb(events=0)
def ask_code(email: str, *, person_id: int | None) -> str:
    """Let a code be typed in one browser; gives the browser's token. `person_id` is None where the password was wrong:
    the same is written and takes as long, but no code goes out and none is right.

    The letter follows from `tell_codes`, apart from this answer, so that nobody can measure whether there is one.
    """
    asked = sa.select(sa.func.count()).where(
        SignInCode.person_id == (person_id or 0), SignInCode.asked_at > now() - timedelta(hours=1)
    )
    token = secrets.token_urlsafe(32)
    code = SignInCode(
        token_hash=hash_of(token),
        email_hash=hash_of(normal_email(email)),
        person_id=person_id if db.session.scalars(asked).one() < CODES_PER_HOUR else None,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        expires_at=now() + CODE_HOLDS,
    )
    db.session.add(code)
    wake("notifications.dispatch")
    return token


def tell_codes() -> int:
    """Record the codes that right passwords asked for; their letters follow from the events. Gives their number."""
    waiting = db.session.scalars(
        sa.select(SignInCode.id).where(
            SignInCode.asked_at > now() - CODE_HOLDS, SignInCode.person_id.is_not(None), SignInCode.told_at.is_(None)
        )
    ).all()
    return sum(_tell(code_id) for code_id in waiting)


@verb(events=None)
def _tell(code_id: int) -> int:
    told = update_where(SignInCode, SignInCode.id == code_id, SignInCode.told_at.is_(None), told_at=now())
    if told:
        code = db.session.get_one(SignInCode, code_id)
        events.record("accounts.code_asked", code, actor=Actor.anonymous, person_id=code.person_id)
    return told


@verb(events=0)
def use_code(token: str, *, typed: str, address: str) -> int | None:
    """Count a try, and give the id of the person whom the code lets in; None where it is not right, was used, is too
    old or not the newest, or was tried too often. From then on the network address is known for the person."""
    counted = update_where(SignInCode, SignInCode.token_hash == hash_of(token), *_usable(), tries=SignInCode.tries + 1)
    code = db.session.scalars(sa.select(SignInCode).where(SignInCode.token_hash == hash_of(token))).one_or_none()
    if code is None:
        return None
    right = hmac.compare_digest(links.digits(code).encode(), typed.encode())
    if not (counted and right and code.person_id):
        return None
    update_where(SignInCode, SignInCode.id == code.id, used_at=now())
    attempt = SignInAttempt(kind="sign_in", email_hash=code.email_hash, address=address, succeeded=True)
    db.session.add(attempt)
    return code.person_id


def _usable() -> tuple[sa.ColumnElement[bool], ...]:
    newer = aliased(SignInCode)
    superseded = sa.exists().where(newer.person_id == SignInCode.person_id, newer.id > SignInCode.id)
    return (
        SignInCode.used_at.is_(None),
        SignInCode.expires_at > now(),
        SignInCode.tries < CODE_TRIES,
        ~superseded.correlate(SignInCode),
    )


def end_codes(person_id: int) -> None:
    """Let none of a person's codes open anything any more; inside a verb, when the password changes."""
    open_codes = SignInCode.person_id == person_id, SignInCode.used_at.is_(None)
    update_where(SignInCode, *open_codes, used_at=now())


@verb(events=0)
def forget_old_codes() -> int:
    """Delete the codes of yesterday; gives the number of rows."""
    return delete_where(SignInCode, SignInCode.asked_at < now() - _KEPT)
