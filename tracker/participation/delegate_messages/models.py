"""Messages between a delegate and the office. Nothing is changed or taken back; only the text goes in its time."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.papers.lifecycle import By


class DelegateMessage(db.Model):
    """One message about the journey of one person. `answers_id` is the newest message of the other side that an officer
    had before their eyes: all up to it are answered, or need no answer. The text goes at `erased_at`."""

    __tablename__ = "delegate_messages"
    __table_args__ = (
        enum_check("by_whom", By),
        sa.CheckConstraint("(by_whom = 'officer') = (written_by_id IS NOT NULL)", name="written_by_an_officer"),
        sa.CheckConstraint("by_whom = 'officer' OR answers_id IS NULL", name="officers_answer"),
        sa.CheckConstraint("NOT needs_no_answer OR answers_id IS NOT NULL", name="needs_no_answer"),
        sa.CheckConstraint("(body IS NOT NULL) = (erased_at IS NULL)", name="erased_is_gone"),
        sa.CheckConstraint("body <> ''", name="says_something"),
        sa.Index("ix_delegate_messages_delegate", "delegate_id", "id"),
        sa.Index("ix_delegate_messages_answers", "answers_id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    by_whom: Mapped[str] = mapped_column(sa.String(10))
    written_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    written_at: Mapped[datetime] = moment(default=now)
    answers_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("delegate_messages.id"))
    needs_no_answer: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str | None] = mapped_column(sa.Text)
    erased_at: Mapped[datetime | None] = moment()
