"""What people keep of the queue: views of their own, and what left it as a file."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import moment, pk
from tracker.extensions import db


class SavedView(db.Model):
    """A person's own named filter of the queue (`query` is the address's query string)."""

    __tablename__ = "saved_views"
    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = pk()
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str] = mapped_column(sa.String(500))


class QueueExport(db.Model):
    """Requests that left the queue as a file: who took them, with which filter, and why where it was confidential."""

    __tablename__ = "queue_exports"
    __event_subject__ = "export"

    id: Mapped[int] = pk()
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    query: Mapped[str] = mapped_column(sa.String(500))
    rows: Mapped[int]
    confidential: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = moment(default=now)
