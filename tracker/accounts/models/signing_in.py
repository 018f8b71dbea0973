"""How people get in: sessions, invitations, requests for a first account, password resets, attempts to sign in. Links
are kept as hashes only; the link itself is computed again when its mail is sent (links.py)."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.lifecycle import CODE_TRIES
from tracker.accounts.models.people import OFFICE_KINDS, Office, Organisation, Person
from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.languages.choosing import LANGUAGES


class WebSession(db.Model):
    """One browser in which somebody signed in; the browser holds the token, we hold its hash."""

    __tablename__ = "web_sessions"
    __event_subject__ = "web_session"
    __table_args__ = (sa.Index("ix_web_sessions_person", "person_id", "ended_at"),)

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    membership_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    created_at: Mapped[datetime] = moment(default=now)
    touched_at: Mapped[datetime] = moment(default=now)
    ended_at: Mapped[datetime | None] = moment()
    user_agent: Mapped[str] = mapped_column(sa.String(200), default="")
    address: Mapped[str] = mapped_column(sa.String(45), default="")


class Invitation(db.Model):
    """A place in an organisation, offered by mail to one address; used once, for a limited time."""

    __tablename__ = "invitations"
    __event_subject__ = "invitation"
    __table_args__ = (
        enum_check("language", tuple(LANGUAGES)),
        sa.CheckConstraint("email = lower(email)", name="email_in_small_letters"),
        sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="accepted_or_revoked"),
        sa.Index(
            "uq_invitations_one_open",
            "organisation_id",
            "email",
            unique=True,
            sqlite_where=sa.text("accepted_at IS NULL AND revoked_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    office_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("offices.id"))
    email: Mapped[str] = mapped_column(sa.String(254))
    name: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    deputy: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    roles: Mapped[list[str]] = mapped_column(Json)
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    invited_at: Mapped[datetime] = moment(default=now)
    expires_at: Mapped[datetime] = moment()
    accepted_at: Mapped[datetime | None] = moment()
    revoked_at: Mapped[datetime | None] = moment()
    membership_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    office: Mapped[Office | None] = relationship(lazy="raise_on_sql")
    proposals: Mapped[list[Any]] = relationship(
        "RoleProposal",
        lazy="raise_on_sql",
        viewonly=True,
        order_by="RoleProposal.id",
        primaryjoin="and_(RoleProposal.invitation_id == Invitation.id, RoleProposal.held.is_(False), "
        "RoleProposal.status.in_(('waiting', 'refused')))",
    )

    @property
    def sent(self) -> bool:
        """Whether its letter went out; one for the office waits for a second administrator first."""
        return self.token_hash is not None

    @property
    def expired(self) -> bool:
        """Whether its time has run out unused."""
        return self.sent and self.accepted_at is None and self.expires_at <= now()


class PasswordReset(db.Model):
    """A link to choose a new password, sent to the person's own address."""

    __tablename__ = "password_resets"
    __event_subject__ = "password_reset"

    id: Mapped[int] = pk()
    person_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"), index=True)
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    asked_at: Mapped[datetime] = moment(default=now)
    expires_at: Mapped[datetime] = moment()
    used_at: Mapped[datetime | None] = moment()

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SignInAttempt(db.Model):
    """One try to come in, counted for the throttle; the address that was typed is kept as a hash only."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        enum_check("kind", ("sign_in", "reset", "account")),
        sa.Index("ix_sign_in_attempts_email", "email_hash", "at"),
        sa.Index("ix_sign_in_attempts_address", "address", "at"),
        sa.Index("ix_sign_in_attempts_at", "at"),
    )

    id: Mapped[int] = pk()
    kind: Mapped[str] = mapped_column(sa.String(10))
    email_hash: Mapped[str] = mapped_column(sa.String(64))
    address: Mapped[str] = mapped_column(sa.String(45))
    at: Mapped[datetime] = moment(default=now)
    succeeded: Mapped[bool] = mapped_column(default=False)


class SignInCode(db.Model):
    """A code asked for by a try to come in at a time when a password alone is not enough.

    `person_id` is empty where the password was wrong: then no code goes out, and none is right. `token_hash` is of the
    browser that may type the code; the code itself is computed from the row (`links.digits`).
    """

    __tablename__ = "sign_in_codes"
    __event_subject__ = "sign_in_code"
    __table_args__ = (
        sa.CheckConstraint(f"tries BETWEEN 0 AND {CODE_TRIES}", name="tries_end"),
        sa.CheckConstraint("person_id IS NOT NULL OR used_at IS NULL", name="used_by_somebody"),
        sa.Index("ix_sign_in_codes_person", "person_id", "asked_at"),
    )

    id: Mapped[int] = pk()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    email_hash: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = moment(default=now, index=True)
    expires_at: Mapped[datetime] = moment()
    told_at: Mapped[datetime | None] = moment()
    used_at: Mapped[datetime | None] = moment()


class AccountRequest(db.Model):
    """A mission asks for its State's first account; the note verbale is what staff check. One that nobody answered
    lapses: its people and what they wrote are gone then, and nobody may open it."""

    __tablename__ = "account_requests"
    __event_subject__ = "account_request"
    __table_args__ = (
        enum_check("status", ("waiting", "approved", "refused", "lapsed")),
        enum_check("office_kind", list(OFFICE_KINDS)),
        sa.CheckConstraint("(status = 'waiting') = (checked_at IS NULL)", name="checked_has_its_time"),
        sa.CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name="refused_has_a_reason"),
        sa.CheckConstraint("(status = 'approved') = (organisation_id IS NOT NULL)", name="approved_has_its_state"),
        sa.Index("ix_account_requests_status", "status", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    state_iso3: Mapped[str] = mapped_column(sa.ForeignKey("states.iso3"))
    office_name: Mapped[str] = mapped_column(sa.String(200))
    office_kind: Mapped[str] = mapped_column(sa.String(20))
    official_email: Mapped[str] = mapped_column(sa.String(254))
    note_reference: Mapped[str] = mapped_column(sa.String(100))
    note_date: Mapped[date]
    note_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    language: Mapped[str] = mapped_column(sa.String(2))
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    status: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    reason: Mapped[str | None] = mapped_column(sa.Text)
    organisation_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    asked_at: Mapped[datetime] = moment(default=now)
    checked_at: Mapped[datetime | None] = moment()
    checked_by: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    version: Mapped[int] = mapped_column(default=1)

    people: Mapped[list["AccountRequestPerson"]] = relationship(
        lazy="raise_on_sql", order_by="AccountRequestPerson.position", cascade="all, delete-orphan"
    )


class AccountRequestPerson(db.Model):
    """Somebody whom the note verbale names, with the roles asked for."""

    __tablename__ = "account_request_people"
    __table_args__ = (
        enum_check("language", tuple(LANGUAGES)),
        sa.UniqueConstraint("account_request_id", "position"),
    )

    id: Mapped[int] = pk()
    account_request_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("account_requests.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(2))
