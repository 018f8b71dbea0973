"""Messages on a request and which of them answers which: written once by either side, never changed or taken away."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.assistance.message_kinds import KINDS, MessageKind, Side
from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import enum_check, moment, pk, public_id
from tracker.extensions import db

_SILENT = ", ".join(f"'{kind.value}'" for kind, of_kind in KINDS.items() if of_kind.silent)
_OWED = sa.text("owed_by IS NOT NULL")


@append_only
class Message(db.Model):
    """What one side tells the other. It changes no field, amount, date or status by itself.

    `owed_by` is the side that owes an answer, until a MessageAnswer names it. `day` is the day that is asked for or
    given as the end of the time for an answer, `day_before` the day that the given one replaced. The note verbale of
    an amendment that is wanted stands here and not among the notes that carry the request.
    """

    __tablename__ = "messages"
    __table_args__ = (
        enum_check("kind", MessageKind),
        enum_check("side", Side),
        enum_check("owed_by", Side),
        sa.CheckConstraint("owed_by IS NULL OR owed_by <> side", name="owed_by_other"),
        sa.CheckConstraint(f"kind IN ({_SILENT}) OR length(trim(body)) > 0", name="has_words"),
        sa.CheckConstraint("kind <> 'paper' OR file_id IS NOT NULL", name="paper_with_file"),
        sa.CheckConstraint("(kind IN ('more_time', 'time_given')) = (day IS NOT NULL)", name="day_of_time"),
        sa.CheckConstraint("(kind = 'time_given') = (day_before IS NOT NULL)", name="day_replaced"),
        sa.CheckConstraint("(kind = 'not_as_described') = (activity_id IS NOT NULL)", name="about_activity"),
        sa.CheckConstraint(
            "(kind = 'amendment') = (note_issuer IS NOT NULL AND note_reference IS NOT NULL "
            "AND note_dated IS NOT NULL)",
            name="wanted_with_note",
        ),
        sa.Index("ix_messages_thread", "request_id", "id"),
        sa.Index("ix_messages_owed", "owed_by", "request_id", postgresql_where=_OWED, sqlite_where=_OWED),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    side: Mapped[str] = mapped_column(sa.String(6))
    owed_by: Mapped[str | None] = mapped_column(sa.String(6))
    body: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(2))
    day: Mapped[date | None]
    day_before: Mapped[date | None]
    activity_id: Mapped[int | None] = mapped_column(sa.ForeignKey("activities.id"))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"))
    note_issuer: Mapped[str | None] = mapped_column(sa.String(200))
    note_reference: Mapped[str | None] = mapped_column(sa.String(80))
    note_dated: Mapped[date | None]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    written_at: Mapped[datetime] = moment(default=now)


@append_only
class MessageAnswer(db.Model):
    """That a message was answered, and by which: once. Its own table, because a message never changes."""

    __tablename__ = "message_answers"

    message_id: Mapped[int] = mapped_column(sa.ForeignKey("messages.id"), primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("messages.id"), index=True)
