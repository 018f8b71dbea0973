"""Files that wait for their sender, and forms that were typed and not sent; nothing here is held for long."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, moment, pk, public_id
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


class UnsentForm(db.Model):
    """What somebody has typed into a form and not sent yet. Only that person reads it.

    `key` is the form's own, so that what was put back and sent is one act; `opened_on` marks what the form said before
    anything was typed into it.
    """

    __tablename__ = "unsent_forms"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "key"),
        sa.Index("ix_unsent_forms_address", "person_id", "address"),
    )

    id: Mapped[int] = pk()
    person_id: Mapped[int] = mapped_column(BigId)
    key: Mapped[str] = mapped_column(sa.String(64))
    address: Mapped[str] = mapped_column(sa.String(300))
    form: Mapped[str] = mapped_column(sa.String(200))
    opened_on: Mapped[int]
    fields: Mapped[list[list[str]]] = mapped_column(Json)
    saved_at: Mapped[datetime] = moment(default=now, index=True)
