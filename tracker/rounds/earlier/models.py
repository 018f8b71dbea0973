"""The seats that a State used at a session of earlier years, as one row."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, moment, pk
from tracker.extensions import db


class EarlierSeats(db.Model):
    """How many `seats` a State used at a session whose seats are not kept here, whether its accounts are `settled`, and
    where the office has it from. A row is never changed; one that is wrong goes with its import."""

    __tablename__ = "earlier_seats"
    __event_subject__ = "earlier_seats"
    __table_args__ = (
        sa.CheckConstraint("seats >= 1", name="seats_from_one"),
        sa.UniqueConstraint("session", "state_iso3", name="uq_earlier_seats_state"),
        sa.Index("ix_earlier_seats_state", "state_iso3", "ended_on"),
    )

    id: Mapped[int] = pk()
    session: Mapped[str] = mapped_column(sa.String(80))
    ended_on: Mapped[date]
    state_iso3: Mapped[str] = mapped_column(sa.ForeignKey("states.iso3"))
    seats: Mapped[int]
    settled: Mapped[bool]
    source: Mapped[str] = mapped_column(sa.String(160))
    added_at: Mapped[datetime] = moment(default=now)
    import_run_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)
