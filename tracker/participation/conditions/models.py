"""Versions of the conditions with their texts, and who accepted which of them."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.papers.lifecycle import By


class ConditionsVersion(db.Model):
    """The conditions that hold from a day on, until another version does. Changed only before that day.
    `delivered` came with the tracker and is no text of the office."""

    __tablename__ = "conditions_versions"
    __event_subject__ = "conditions"
    __table_args__ = (
        sa.CheckConstraint("delivered OR made_by_id IS NOT NULL", name="written_by_somebody"),
        sa.UniqueConstraint("holds_from", name="uq_conditions_versions_day"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    holds_from: Mapped[date]
    delivered: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = moment(default=now)
    made_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))


class ConditionsText(db.Model):
    """A version in one language."""

    __tablename__ = "conditions_texts"
    __table_args__ = (
        sa.CheckConstraint("body <> ''", name="says_something"),
        sa.UniqueConstraint("conditions_id", "language", name="uq_conditions_texts_language"),
    )

    id: Mapped[int] = pk()
    conditions_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("conditions_versions.id"))
    language: Mapped[str] = mapped_column(sa.String(2))
    body: Mapped[str] = mapped_column(sa.Text)


class ConditionsAnswer(db.Model):
    """That a delegate accepted the conditions and said that nobody else pays the same: which text, with its hash as it
    was read; what an officer entered with where it came from. One for each delegate, never changed, and without a word
    that anybody typed about the person."""

    __tablename__ = "conditions_answers"
    __table_args__ = (
        enum_check("by_whom", (By.DELEGATE, By.OFFICER)),
        sa.CheckConstraint(
            "(by_whom = 'officer') = (entered_by_id IS NOT NULL)"
            " AND (by_whom = 'officer') = (source IS NOT NULL)"
            " AND (by_whom = 'officer') = (received_on IS NOT NULL)",
            name="entered_with_its_source",
        ),
        sa.UniqueConstraint("delegate_id", name="uq_conditions_answers_delegate"),
        sa.Index("ix_conditions_answers_text", "text_id"),
    )

    id: Mapped[int] = pk()
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    text_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("conditions_texts.id"))
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = moment(default=now)
    by_whom: Mapped[str] = mapped_column(sa.String(10))
    entered_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    source: Mapped[str | None] = mapped_column(sa.String(200))
    received_on: Mapped[date | None]
