"""An offer: one seat, put to the authority of its State for one person until a day, and what became of it."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.offers.lifecycle import Outcome

_OPEN = sa.text("outcome IS NULL")
_NOTE = ("note_issuer", "note_reference", "note_dated", "note_file_id")
_WHOLE = " AND ".join(f"{name} IS NOT NULL" for name in _NOTE)
_NONE = " AND ".join(f"{name} IS NULL" for name in _NOTE)


class Offer(db.Model):
    """A seat has one open offer at a time. `until` is the last day on which an answer is awaited, in Vienna; after it
    the offer stays open until it is answered or taken back. Of a substitute's offer `instead_of_id` is who sat in the
    seat before; its note verbale is kept where the State had not nominated the substitute."""

    __tablename__ = "offers"
    __event_subject__ = "offer"
    __table_args__ = (
        enum_check("outcome", Outcome),
        sa.CheckConstraint("(closed_at IS NOT NULL) = (outcome IS NOT NULL)", name="closed_has_moment"),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('declined', 'taken_back') OR reason IS NOT NULL", name="says_why"
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'confirmed' OR nobody_else_pays", name="confirmed_alone_pays"
        ),
        sa.CheckConstraint(f"({_WHOLE}) OR ({_NONE})", name="note_is_whole"),
        sa.CheckConstraint("instead_of_id IS NOT NULL OR note_file_id IS NULL", name="note_of_a_substitute"),
        sa.Index("uq_offers_open_seat", "seat_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index("ix_offers_seat", "seat_id", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    sent_at: Mapped[datetime] = moment(default=now)
    sent_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    until: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    closed_at: Mapped[datetime | None] = moment()
    closed_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    nobody_else_pays: Mapped[bool] = mapped_column(default=False)
    instead_of_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    note_issuer: Mapped[str | None] = mapped_column(sa.String(200))
    note_reference: Mapped[str | None] = mapped_column(sa.String(80))
    note_dated: Mapped[date | None]
    note_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
