"""What was planned, what was delivered, and what the State says of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import moment, pk, public_id
from tracker.extensions import db


class Activity(db.Model):
    """A workshop, mission, text or trip: planned with a date, then delivered with place and people by gender."""

    __tablename__ = "activities"
    __table_args__ = (
        sa.CheckConstraint("delivered_on IS NULL OR recorded_by_id IS NOT NULL", name="recorded_by_somebody"),
        sa.CheckConstraint("women >= 0 AND men >= 0 AND not_stated >= 0", name="people_counted"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    planned_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    planned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    delivered_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(sa.Text, default="")
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    not_stated: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    recorded_at: Mapped[datetime | None] = moment()


class Confirmation(db.Model):
    """The State's word on one delivered activity: it took place, and a rating of one to five."""

    __tablename__ = "confirmations"
    __table_args__ = (sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating_range"),)

    id: Mapped[int] = pk()
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activities.id", ondelete="CASCADE"), unique=True)
    rating: Mapped[int]
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    confirmed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    confirmed_at: Mapped[datetime] = moment(default=now)
