"""Who is away until a day, and who stands in meanwhile."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models.people import Membership
from tracker.calendar.now import now, today
from tracker.database.columns import BigId, moment, pk, public_id
from tracker.extensions import db


class Absence(db.Model):
    """Somebody is away from one place, and a colleague who holds the same role stands in. It is over on the day on
    which the person is back, by itself, or earlier when it was ended. It gives nobody a role."""

    __tablename__ = "absences"
    __event_subject__ = "absence"
    __table_args__ = (
        sa.CheckConstraint("stand_in_id <> membership_id", name="somebody_else_stands_in"),
        sa.Index(
            "uq_absences_one_at_a_time",
            "membership_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_absences_stand_in", "stand_in_id", "back_on"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    membership_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    stand_in_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    back_on: Mapped[date]
    began_at: Mapped[datetime] = moment(default=now)
    ended_at: Mapped[datetime | None] = moment()
    version: Mapped[int] = mapped_column(default=1)

    membership: Mapped[Membership] = relationship(lazy="raise_on_sql", foreign_keys=[membership_id])
    stand_in: Mapped[Membership] = relationship(lazy="raise_on_sql", foreign_keys=[stand_in_id])


def goes_on(day: date | sa.ColumnElement[date] | None = None) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions that an absence goes on today, or on the day that a statement asks about."""
    return Absence.ended_at.is_(None), Absence.back_on > (today() if day is None else day)
