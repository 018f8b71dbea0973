"""What belongs to a request: areas, authorities, budget, papers, consents, notes."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.assistance.lifecycle import CONSENT_AUDIENCES, CONSENT_FIELDS, ERASURE_GROUNDS
from tracker.calendar.now import now
from tracker.database.columns import Json, enum_check, moment, pk
from tracker.extensions import db


def _request_id() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), index=True)


class RequestArea(db.Model):
    """An area of assistance that the request names (`areas`)."""

    __tablename__ = "request_areas"

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), primary_key=True
    )
    area_code: Mapped[str] = mapped_column(sa.ForeignKey("areas.code"), primary_key=True, index=True)


class Beneficiary(db.Model):
    """A national authority that would benefit."""

    __tablename__ = "beneficiaries"

    id: Mapped[int] = pk()
    request_id: Mapped[int] = _request_id()
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(sa.String(200))


class BudgetLine(db.Model):
    """One line of what is asked, in the request's currency."""

    __tablename__ = "budget_lines"
    __table_args__ = (sa.CheckConstraint("amount_minor > 0", name="amount_positive"),)

    id: Mapped[int] = pk()
    request_id: Mapped[int] = _request_id()
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str] = mapped_column(sa.String(200))
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)


class Attachment(db.Model):
    """A document of the request; internal ones are staff's and never shown to the State. Once it was handed in it is
    struck out with a reason and stays readable; where a later version takes its place that one is `replaced_by_id`."""

    __tablename__ = "attachments"
    __table_args__ = (
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by_id IS NULL) AND (struck_at IS NULL) = (strike_reason IS NULL)"
            " AND (struck_at IS NULL) = (strike_language IS NULL)",
            name="struck_whole",
        ),
        sa.CheckConstraint("replaced_by_id IS NULL OR struck_at IS NOT NULL", name="replaced_is_struck"),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = _request_id()
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"))
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    internal: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    added_at: Mapped[datetime] = moment(default=now)
    struck_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    struck_at: Mapped[datetime | None] = moment()
    strike_reason: Mapped[str | None] = mapped_column(sa.Text)
    strike_language: Mapped[str | None] = mapped_column(sa.String(2))
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attachments.id"), unique=True)


class Erasure(db.Model):
    """The content of a document that should never have been handed in is to go: one of the office proposes it, another
    confirms it, and whose it is reads why. Of a request one at a time; a paper outside requests (an agreement, a note
    verbale of an account) names none."""

    __tablename__ = "file_erasures"
    __table_args__ = (
        enum_check("ground", tuple(ERASURE_GROUNDS)),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_persons"),
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_whole"),
        sa.CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name="ended_once"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="has_a_reason"),
        sa.Index(
            "uq_file_erasures_waiting_file",
            "file_id",
            unique=True,
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        ),
        sa.Index(
            "uq_file_erasures_waiting",
            "request_id",
            unique=True,
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assistance_requests.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), index=True)
    ground: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(2))
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = moment(default=now)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None] = moment()
    dropped_at: Mapped[datetime | None] = moment()


class NoteVerbale(db.Model):
    """The diplomatic note that carries the request; staff verify it at take-up or return it with a reason."""

    __tablename__ = "notes_verbales"
    __table_args__ = (
        sa.CheckConstraint("(verified_at IS NULL) = (verified_by_id IS NULL)", name="verified_by_somebody"),
        sa.CheckConstraint("(returned_at IS NULL) = (return_reason IS NULL)", name="returned_with_reason"),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = _request_id()
    issuer: Mapped[str] = mapped_column(sa.String(200))
    reference: Mapped[str] = mapped_column(sa.String(80))
    dated: Mapped[date]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"))
    paper: Mapped[bool] = mapped_column(default=False)
    filed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    filed_at: Mapped[datetime] = moment(default=now)
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    verified_at: Mapped[datetime | None] = moment()
    returned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    returned_at: Mapped[datetime | None] = moment()
    return_reason: Mapped[str | None] = mapped_column(sa.Text)


class Consent(db.Model):
    """A State's yes to showing one field to one audience; revoked by date, never deleted."""

    __tablename__ = "consents"
    __table_args__ = (
        enum_check("field", CONSENT_FIELDS),
        enum_check("audience", CONSENT_AUDIENCES),
        sa.Index(
            "uq_consents_standing",
            "request_id",
            "field",
            "audience",
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        ),
        sa.Index("ix_consents_audience", "audience", "field", "request_id"),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[str] = mapped_column(sa.String(20))
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    given_at: Mapped[datetime] = moment(default=now)
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None] = moment()


class CoDrafter(db.Model):
    """A person of the same State, outside the drafting office, who was invited to a draft."""

    __tablename__ = "co_drafters"

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)


class InternalNote(db.Model):
    """A colleague's note, never shown to the State, donors or the public."""

    __tablename__ = "internal_notes"

    id: Mapped[int] = pk()
    request_id: Mapped[int] = _request_id()
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = moment(default=now)


class Recusal(db.Model):
    """An officer's conflict of interest with one request: they neither read it any more nor act on it."""

    __tablename__ = "recusals"

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = moment(default=now)


class RequestCopy(db.Model):
    """That a draft began as a copy of an earlier request: the fields that were taken over, and those that were not."""

    __tablename__ = "request_copies"

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), primary_key=True
    )
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id"), index=True)
    copied: Mapped[list[str]] = mapped_column(Json)
    left_out: Mapped[list[str]] = mapped_column(Json)
