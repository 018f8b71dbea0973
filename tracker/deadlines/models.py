"""The private address at which somebody's calendar reads their deadlines."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, moment, pk, public_id
from tracker.extensions import db


class CalendarAddress(db.Model):
    """One address for one place of one person; whoever knows it reads the deadlines of that place. The address itself
    is computed from the row (`accounts.links`), the database keeps its hash. A place has one at a time."""

    __tablename__ = "calendar_addresses"
    __event_subject__ = "calendar_address"
    __table_args__ = (
        sa.Index(
            "uq_calendar_addresses_one",
            "membership_id",
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    membership_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = moment(default=now)
    revoked_at: Mapped[datetime | None] = moment()
