"""Passwords: asking for a link, choosing a new one, changing one's own."""

from tracker import events
from tracker.accounts import links, passwords, queries
from tracker.accounts.lifecycle import RESET_HOLDS
from tracker.accounts.models import PasswordReset, Person, WebSession
from tracker.accounts.services.attempts import count_letter, guarded
from tracker.accounts.services.codes import end_codes
from tracker.accounts.services.sessions import end_where
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


def ask_reset(email: str, *, address: str) -> None:
    """Send the link for a new password, if the address is somebody's; the answer never says whether.

    Raise TooOften when the network address asks too often.
    """
    may_write = count_letter("reset", email=email, address=address)
    person = queries.person_by_email(normal_email(email))
    passwords.matches("equal time for everybody", None)
    if may_write and person is not None and person.disabled_at is None:
        record_reset(person.id)


@verb
def record_reset(person_id: int) -> None:
    """Write the row behind a link; the letter follows from the event."""
    reset = PasswordReset(
        person_id=person_id,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        expires_at=now() + RESET_HOLDS,
    )
    db.session.add(reset)
    db.session.flush()
    links.store_token_hash(reset)
    events.record("accounts.reset_asked", reset, actor=Actor.anonymous, person_id=person_id)


@verb
def reset_password(token: str, *, password_hash: str) -> None:
    """Set the password (hashed) with a link from a letter; every session and every other link of the person ends.

    Raise NotFound when the link was used or its hour is over.
    """
    reset = queries.reset_by_token(token)
    unused = PasswordReset.used_at.is_(None), PasswordReset.expires_at > now()
    if reset is None or not update_where(PasswordReset, PasswordReset.id == reset.id, *unused, used_at=now()):
        raise NotFound
    _set(reset.person_id, password_hash)
    end_where(WebSession.person_id == reset.person_id)
    person = db.session.get_one(Person, reset.person_id)
    events.record("accounts.password_changed", person, actor=Actor(person_id=person.id), reset_id=reset.id)


def change_password(*, actor: Actor, current: str, new: str, session_id: int, address: str) -> None:
    """Change one's own password. Raise Invalid at `current` when it is wrong, TooOften while one must wait."""
    person = queries.myself(actor)
    kept, email = person.password_hash, person.email
    if not guarded(email, address=address, check=lambda: passwords.matches(current, kept)):
        raise Invalid(fields={"current": lazy("This is not your present password.")})
    record_change(actor=actor, password_hash=passwords.hashed(new), session_id=session_id)


@verb
def record_change(*, actor: Actor, password_hash: str, session_id: int) -> None:
    """Write the new hash; every session but this one ends."""
    person = queries.myself(actor)
    _set(person.id, password_hash)
    end_where(WebSession.person_id == person.id, WebSession.id != session_id)
    events.record("accounts.password_changed", person, actor=actor)


def _set(person_id: int, password_hash: str) -> None:
    update_where(Person, Person.id == person_id, password_hash=password_hash)
    update_where(PasswordReset, PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None), used_at=now())
    end_codes(person_id)


def prove(email: str, *, password: str, address: str) -> None:
    """Check that `password` is the one of the account with this address. Raise Invalid at `password`, or TooOften."""
    person = queries.person_by_email(normal_email(email))
    kept = person.password_hash if person is not None and person.disabled_at is None else None
    if not guarded(email, address=address, check=lambda: passwords.matches(password, kept)):
        raise Invalid(fields={"password": lazy("This is not the password of your account.")})
