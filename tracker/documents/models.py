"""What left the product as a list: who took which rows of it, and why where some were confidential."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db

FORMATS = ("xlsx", "csv")


class ListExport(db.Model):
    """One export of a list. `query` holds the filters as the address does; `sha256` is of the rows that left."""

    __tablename__ = "list_exports"
    __table_args__ = (
        enum_check("format", FORMATS),
        sa.CheckConstraint("rows >= 0 AND confidential BETWEEN 0 AND rows", name="confidential_among_rows"),
        sa.CheckConstraint("confidential = 0 OR reason <> ''", name="confidential_for_a_reason"),
    )
    __event_subject__ = "list_export"

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    name: Mapped[str] = mapped_column(sa.String(40))
    query: Mapped[str] = mapped_column(sa.String(500))
    format: Mapped[str] = mapped_column(sa.String(4))
    rows: Mapped[int]
    confidential: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    sha256: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = moment(default=now)
