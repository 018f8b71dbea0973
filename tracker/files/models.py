"""One row per stored file, and per file that is coming in pieces. The content lies under a random name in FILES_DIR;
what people call it is only here."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.files.kinds import KINDS


class File(db.Model):
    """A file of somebody. `subject_type` and `subject_id` name the row that it belongs to.

    Who may read it is decided by the capability of that subject, never here. From `handed_in_at` on the other side
    relies on it: the row stays, with name and hash, and the database refuses to delete it. `erased_at` says since when
    its content is gone, which takes two persons (`assistance.erasures`); only the sources of imports go by themselves
    after a time (`imports.forgetting`).
    """

    __tablename__ = "files"
    __table_args__ = (
        enum_check("kind", tuple(KINDS)),
        sa.Index("ix_files_subject", "subject_type", "subject_id"),
        sa.CheckConstraint("size >= 0", name="size"),
        sa.CheckConstraint("erased_at IS NULL OR handed_in_at IS NOT NULL", name="erased_once_handed_in"),
    )
    __event_subject__ = "file"

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    stored_as: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(10))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    added_by_id: Mapped[int | None] = mapped_column(BigId)
    added_at: Mapped[datetime] = moment(default=now)
    handed_in_at: Mapped[datetime | None] = moment()
    erased_at: Mapped[datetime | None] = moment()
    subject_type: Mapped[str | None] = mapped_column(sa.String(30))
    subject_id: Mapped[int | None] = mapped_column(BigId)

    @property
    def media_type(self) -> str:
        """The type it is served as."""
        return KINDS[self.kind].media_type


class IncomingFile(db.Model):
    """A file that comes in pieces, before its form is sent: how many bytes are there of how many. `owner` alone may go
    on with it and send it (`pieces.places`); the key, of which the hash is here, its browser made."""

    __tablename__ = "incoming_files"
    __table_args__ = (
        sa.UniqueConstraint("owner", "key_hash"),
        sa.CheckConstraint("received BETWEEN 0 AND size", name="received_within_size"),
    )

    id: Mapped[int] = pk()
    owner: Mapped[str] = mapped_column(sa.String(80))
    key_hash: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    received: Mapped[int] = mapped_column(sa.BigInteger)
    stored_as: Mapped[str] = mapped_column(sa.String(40), unique=True)
    touched_at: Mapped[datetime] = moment(default=now, index=True)
    taken_at: Mapped[datetime | None] = moment()
