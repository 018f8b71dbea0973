"""Files that wait for their sender; nothing here is held for long."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, moment, pk, public_id
from tracker.extensions import db


class HeldFile(db.Model):
    """A file that came when its sender's session was gone. Its content lies in the store; only who sent it gets it."""

    __tablename__ = "held_files"
    __table_args__ = (sa.Index("ix_held_files_person", "person_id", "held_at"),)

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    person_id: Mapped[int] = mapped_column(BigId)
    field: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(200))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    stored_as: Mapped[str] = mapped_column(sa.String(40), unique=True)
    held_at: Mapped[datetime] = moment(default=now, index=True)

    @classmethod
    def of(cls, field: str, upload: Any, size: int, person_id: int, *, name: str) -> "HeldFile":
        """The row for an upload that has been received."""
        return cls(
            person_id=person_id,
            field=field[:100],
            name=name,
            media_type=(upload.mimetype or "")[:200],
            size=size,
            stored_as=uuid.uuid4().hex,
        )
