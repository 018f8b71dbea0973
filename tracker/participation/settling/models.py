"""The settlement of a seat: what the travel officer entered, what of each line is due, and who settled it; and the
closing of a session's account."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.costs.lines import LineKind
from tracker.database.columns import BigId, Json, Minor, enum_check, moment
from tracker.extensions import db
from tracker.participation.settling.lifecycle import Owes


class Settlement(db.Model):
    """One seat's settlement. The seat's version counts its changes. Without days there was no journey;
    `provided` says what others provided on which day, as in `SeatTravel`. `state_bears` is what was said of it when
    this was entered, `journey` what the travel desk said of the journey then (`outdated.read_of`)."""

    __tablename__ = "settlements"
    __table_args__ = (
        sa.CheckConstraint("(arrives_on IS NULL) = (leaves_on IS NULL)", name="days_are_whole"),
        sa.CheckConstraint("leaves_on >= arrives_on", name="leaves_after_arriving"),
        sa.CheckConstraint("(settled_at IS NOT NULL) = (settled_by_id IS NOT NULL)", name="settled_by_somebody"),
        sa.CheckConstraint("settled_by_id IS NULL OR settled_by_id <> entered_by_id", name="two_persons"),
    )

    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"), primary_key=True, autoincrement=False)
    arrives_on: Mapped[date | None]
    leaves_on: Mapped[date | None]
    provided: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    journey: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    state_bears: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(sa.Text, default="")
    entered_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    entered_at: Mapped[datetime] = moment(default=now)
    settled_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    settled_at: Mapped[datetime | None] = moment()


class SettlementLine(db.Model):
    """What of one line is due, in cents of the dollar, by which invoice or which parts of a sum (`costs.Part` as plain
    values). `owed_minor` is what was asked back in all: what was paid above that when the seat was settled, more where
    a recovery was reversed since. `owes` is who is asked for it, and `ended_minor` what of it was written off. What is
    owed now is counted from the ledger (`lifecycle.LineSums.owed_minor`)."""

    __tablename__ = "settlement_lines"
    __table_args__ = (
        sa.PrimaryKeyConstraint("seat_id", "kind"),
        enum_check("kind", LineKind),
        enum_check("owes", Owes),
        sa.CheckConstraint("due_minor >= 0 AND owed_minor >= 0", name="not_negative"),
        sa.CheckConstraint("ended_minor BETWEEN 0 AND owed_minor", name="ended_within_owed"),
        sa.CheckConstraint("(owed_minor > 0) = (owes IS NOT NULL)", name="somebody_owes"),
    )

    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("settlements.seat_id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    due_minor: Mapped[Minor]
    invoice: Mapped[str] = mapped_column(sa.String(120), default="")
    parts: Mapped[list[Any]] = mapped_column(Json, default=list)
    owed_minor: Mapped[Minor] = mapped_column(default=0)
    owes: Mapped[str | None] = mapped_column(sa.String(8))
    ended_minor: Mapped[Minor] = mapped_column(default=0)


class SessionClosing(db.Model):
    """A session whose seats are all settled or ended: who closed its account, and what remained then, as plain
    values."""

    __tablename__ = "session_closings"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), primary_key=True, autoincrement=False)
    closed_at: Mapped[datetime] = moment(default=now)
    closed_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    remaining: Mapped[dict[str, Any]] = mapped_column(Json)
