"""Sessions: begin, touch, switch membership, end. The browser's token is known here only as its hash."""

import secrets
import uuid
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import passwords, queries
from tracker.accounts.lifecycle import SESSION_KEPT, SESSION_TOUCH
from tracker.accounts.links import hash_of
from tracker.accounts.models import Membership, Organisation, Person, WebSession
from tracker.accounts.services.attempts import TooOften, guarded
from tracker.accounts.services.codes import ask_code, use_code
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


class CodeNeeded(Exception):
    """Too many tries failed for a password alone to be enough now: a code is asked for, typed in the browser that has
    `token`. It is raised whether the password was right or not, and says nothing of it."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


def sign_in(email: str, *, password: str, address: str, user_agent: str) -> str:
    """Check a password and begin a session; gives the token for the browser.

    Raise CodeNeeded while the throttle says wait, Invalid with one and the same sentence whatever was wrong.
    """
    person = queries.person_by_email(normal_email(email))
    usable = person is not None and person.disabled_at is None
    person_id, kept = (person.id, person.password_hash) if person is not None and usable else (None, None)
    try:
        right = guarded(email, address=address, check=lambda: passwords.matches(password, kept))
    except TooOften:
        right = passwords.matches(password, kept)
        raise CodeNeeded(ask_code(email, person_id=person_id if right else None)) from None
    if not right:
        raise Invalid(lazy("The e-mail address or the password is not right."))
    if person_id is None or kept is None:
        raise RuntimeError("A password matched where none is kept.")
    if passwords.outdated(kept):
        renew_hash(person_id, kept=kept, password_hash=passwords.hashed(password))
    return _begin_under_habit(person_id, address=address, user_agent=user_agent)


def sign_in_with_code(token: str, *, code: str, address: str, user_agent: str) -> str:
    """The second step, in the browser with `token`: begin a session. Raise Invalid with one and the same sentence
    whatever was wrong."""
    person_id = use_code(token, typed=code, address=address)
    person = db.session.get(Person, person_id) if person_id else None
    if person is None or person.disabled_at is not None:
        raise Invalid(
            lazy(
                "This is not the code, or it can no longer be used. A code works for 15 minutes and for five tries; "
                "sign in again for a new one."
            )
        )
    return _begin_under_habit(person.id, address=address, user_agent=user_agent)


def _begin_under_habit(person_id: int, *, address: str, user_agent: str) -> str:
    membership_id = queries.default_membership(person_id)
    if membership_id is None:
        raise Invalid(lazy("Your place in your organisation has ended. Its administrator can invite you again."))
    return begin(person_id, membership_id=membership_id, address=address, user_agent=user_agent)


def begin(person_id: int, *, membership_id: int, address: str = "", user_agent: str = "") -> str:
    """Begin a session under a membership and give its token (256 random bits)."""
    token = secrets.token_urlsafe(32)
    record_session(
        person_id, membership_id=membership_id, token_hash=hash_of(token), address=address, user_agent=user_agent
    )
    return token


@verb
def record_session(person_id: int, *, membership_id: int, token_hash: str, address: str, user_agent: str) -> None:
    """Write the row of a new session."""
    session = WebSession(
        token_hash=token_hash,
        person_id=person_id,
        membership_id=membership_id,
        address=address[:45],
        user_agent=user_agent[:200],
    )
    db.session.add(session)
    actor = Actor(person_id=person_id, membership_id=membership_id)
    events.record("accounts.signed_in", session, actor=actor)


@verb(events=0)
def renew_hash(person_id: int, *, kept: str, password_hash: str) -> None:
    """Keep the same password with today's parameters of argon2id, unless it was changed meanwhile."""
    update_where(Person, Person.id == person_id, Person.password_hash == kept, password_hash=password_hash)


@verb(events=0)
def touch(session_id: int) -> None:
    """Say that a session was used just now; at most one of many parallel pages writes."""
    moment = now()
    update_where(
        WebSession,
        WebSession.id == session_id,
        WebSession.touched_at <= moment - SESSION_TOUCH,
        touched_at=moment,
    )


@verb(events=None)
def switch_membership(session_id: int, *, actor: Actor, membership: uuid.UUID) -> None:
    """Act under another of one's own memberships from now on, in this browser; the one that holds already is no act.
    Raise NotFound for any other."""
    chosen = db.session.scalars(
        sa.select(Membership)
        .join(Membership.organisation)
        .where(
            Membership.public_id == membership,
            Membership.person_id == actor.person_id,
            Membership.ended_at.is_(None),
            Organisation.active.is_(True),
        )
    ).one_or_none()
    if chosen is not None and chosen.id == actor.membership_id:
        return
    changed = chosen is not None and update_where(
        WebSession,
        WebSession.id == session_id,
        WebSession.person_id == actor.person_id,
        WebSession.ended_at.is_(None),
        membership_id=chosen.id,
    )
    if chosen is None or not changed:
        raise NotFound
    events.record("accounts.membership_chosen", chosen, actor=actor, session_id=session_id)


@verb
def sign_out(session_id: int, *, actor: Actor) -> None:
    """End this browser's session."""
    end_where(WebSession.id == session_id)
    session = db.session.get_one(WebSession, session_id)
    events.record("accounts.signed_out", session, actor=actor, organisation_id=actor.organisation_id)


@verb
def end_session(public_id: uuid.UUID, *, actor: Actor) -> None:
    """End another browser's session of one's own. Raise NotFound for anybody else's."""
    session = db.session.scalars(
        sa.select(WebSession).where(WebSession.public_id == public_id, WebSession.person_id == actor.person_id)
    ).one_or_none()
    if session is None:
        raise NotFound
    end_where(WebSession.id == session.id)
    events.record("accounts.session_ended", session, actor=actor, organisation_id=actor.organisation_id)


@verb(events=None)
def end_other_sessions(session_id: int, *, actor: Actor) -> int:
    """End every session of one's own but this one; gives their number. Where there is no other it is no act."""
    ended = end_where(WebSession.person_id == actor.person_id, WebSession.id != session_id)
    if ended:
        session = db.session.get_one(WebSession, session_id)
        owner = actor.organisation_id
        events.record("accounts.other_sessions_ended", session, actor=actor, organisation_id=owner, number=ended)
    return ended


def end_where(*conditions: Any) -> int:
    """End the living sessions that meet `conditions`; inside a verb. Gives their number."""
    return update_where(WebSession, WebSession.ended_at.is_(None), *conditions, ended_at=now())


@verb(events=0)
def forget_old_sessions() -> int:
    """Delete sessions unused for 90 days, with the network addresses in them; gives the number of rows."""
    return delete_where(WebSession, WebSession.touched_at < now() - SESSION_KEPT)
