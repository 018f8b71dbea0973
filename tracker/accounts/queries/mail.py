"""Who gets the letters of accounts, and the links in them, computed anew whenever a letter is sent."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.accounts import links
from tracker.accounts.models import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    Organisation,
    PasswordReset,
    Person,
    SignInCode,
)
from tracker.calendar.now import now
from tracker.extensions import db


@dataclass(frozen=True)
class Recipient:
    """One mailbox: `key` is the delivery's recipient_key (person:ID, invite:ID, address:ID of an organisation,
    address:@ID of somebody whom a request for a first account names)."""

    key: str
    email: str
    language: str
    name: str
    person_id: int | None = None


def link_for_invitation(invitation_id: int) -> str | None:
    """The absolute link of an invitation; None when it cannot be used (not sent yet, accepted, revoked, expired)."""
    row = db.session.get(Invitation, invitation_id)
    if row is None or not row.sent or row.accepted_at or row.revoked_at or row.expires_at <= now():
        return None
    recipient = recipient_of_invitation(invitation_id)
    return links.absolute(links.INVITATION_PATH, row, recipient.language if recipient else row.language)


def link_for_reset(reset_id: int) -> str | None:
    """The absolute link of a password reset; None when it was used or its hour is over."""
    row = db.session.scalars(
        sa.select(PasswordReset).where(PasswordReset.id == reset_id).options(joinedload(PasswordReset.person))
    ).one_or_none()
    if row is None or row.used_at or row.expires_at <= now():
        return None
    return links.absolute(links.RESET_PATH, row, row.person.language)


def link_for_code(code_id: int) -> str | None:
    """Where one begins to sign in, for the letter with a code; None when the code can no longer be used."""
    return links.absolute_sign_in() if code_of(code_id) else None


def code_of(code_id: int) -> str | None:
    """The code to sign in with, as its letter says it; None when it was used or its time is over."""
    row = db.session.get(SignInCode, code_id)
    if row is None or row.person_id is None or row.used_at or row.expires_at <= now():
        return None
    return links.digits(row)


def link_for_account_request(request_id: int) -> str | None:
    """The absolute link to the office's answer, for the people who asked and have no account."""
    row = db.session.get(AccountRequest, request_id)
    recipient = recipient_of_account_request(request_id)
    return links.absolute(links.ANSWER_PATH, row, recipient.language) if row and recipient else None


def recipient_of_person(person_id: int) -> Recipient | None:
    """A person's own mailbox; None when the person is disabled."""
    person = db.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        return None
    return _of(person)


def recipient_of_organisation(organisation_id: int) -> Recipient | None:
    """The official address of an organisation; None when it has none, or is no longer one of ours."""
    row = db.session.get(Organisation, organisation_id)
    if row is None or not row.active or row.official_email is None:
        return None
    return Recipient(f"address:{row.id}", row.official_email, row.official_language, row.name)


def recipient_of_invitation(invitation_id: int) -> Recipient | None:
    """The invited address, in the language chosen for it (or already chosen by its owner)."""
    row = db.session.get(Invitation, invitation_id)
    if row is None:
        return None
    known = db.session.scalar(sa.select(Person.language).where(Person.email == row.email))
    return Recipient(f"invite:{row.id}", row.email, known or row.language, row.name)


def recipient_of_reset(reset_id: int) -> Recipient | None:
    """The person who asked for a new password."""
    row = db.session.scalars(
        sa.select(PasswordReset).where(PasswordReset.id == reset_id).options(joinedload(PasswordReset.person))
    ).one_or_none()
    return _of(row.person) if row and row.person.disabled_at is None else None


def recipient_of_account_request(request_id: int) -> Recipient | None:
    """Whom the answer to a request for a first account goes to: the first person it names."""
    row = db.session.get(AccountRequest, request_id)
    first = db.session.scalars(
        sa.select(AccountRequestPerson)
        .where(AccountRequestPerson.account_request_id == request_id)
        .order_by(AccountRequestPerson.position)
        .limit(1)
    ).first()
    if row is None or first is None:
        return None
    return Recipient(f"address:@{first.id}", first.email, first.language, first.name)


def _of(person: Person) -> Recipient:
    return Recipient(f"person:{person.id}", person.email, person.language, person.name, person.id)
