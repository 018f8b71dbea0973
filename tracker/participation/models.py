"""Delegates: nominated with what nominating takes. Identity papers and bank data are asked only after selection."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.lifecycle import DelegateStatus, Gender


class Delegate(db.Model):
    """One person whom a State nominates for a session, as delegate or alternate, in the State's order of priority."""

    __tablename__ = "delegates"
    __event_subject__ = "delegate"
    __table_args__ = (
        enum_check("status", DelegateStatus),
        enum_check("gender", Gender),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
        sa.Index("ix_delegates_request", "request_id", "position"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"))
    position: Mapped[int]
    alternate: Mapped[bool] = mapped_column(default=False)
    head: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(sa.String(20), default=DelegateStatus.NOMINATED)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    function: Mapped[str] = mapped_column(sa.String(200), default="")
    office: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    gender: Mapped[str] = mapped_column(sa.String(12), default=Gender.NOT_STATED)
    nationality_iso3: Mapped[str | None] = mapped_column(sa.ForeignKey("states.iso3"))
    departure_airport: Mapped[str] = mapped_column(sa.String(80), default="")
    needs_fare: Mapped[bool] = mapped_column(default=True)
    needs_dsa: Mapped[bool] = mapped_column(default=True)
    needs_terminals: Mapped[bool] = mapped_column(default=True)
    needs_visa: Mapped[bool] = mapped_column(default=False)
    nominated_at: Mapped[datetime] = moment(default=now)
    # Somebody who was taken off the delegation stays as a name, for the State's history; see services.remove.
    removed_at: Mapped[datetime | None] = moment()

    @property
    def needs(self) -> tuple[str, ...]:
        """What is asked for this person: fare, dsa, terminals, visa."""
        return tuple(need for need in ("fare", "dsa", "terminals", "visa") if getattr(self, f"needs_{need}"))
