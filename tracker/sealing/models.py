"""The keys under which personal data are sealed: one for each person and purpose, itself sealed by the installation."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk
from tracker.extensions import db
from tracker.sealing.columns import Purpose


class SealedKey(db.Model):
    """A data key of somebody, wrapped by the key of the ring that `key_id` names. `holder` and `holder_id` say whose it
    is ("delegate", 7). Once it is destroyed nothing that was sealed under it can be read, and nothing is sealed again.
    """

    __tablename__ = "sealed_keys"
    __table_args__ = (
        enum_check("purpose", Purpose),
        sa.CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="wrapped_or_destroyed"),
        sa.CheckConstraint("(key_id IS NULL) = (wrapped IS NULL)", name="wrapped_by_a_key"),
        sa.UniqueConstraint("holder", "holder_id", "purpose", name="uq_sealed_keys_holder"),
        sa.Index("ix_sealed_keys_key_id", "key_id"),
    )

    id: Mapped[int] = pk()
    holder: Mapped[str] = mapped_column(sa.String(20))
    holder_id: Mapped[int] = mapped_column(BigId)
    purpose: Mapped[str] = mapped_column(sa.String(12))
    key_id: Mapped[str | None] = mapped_column(sa.String(40))
    wrapped: Mapped[bytes | None]
    made_at: Mapped[datetime] = moment(default=now)
    destroyed_at: Mapped[datetime | None] = moment()
