"""Statements that were issued: kept as they were, and never taken back."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import BigId, moment, pk
from tracker.extensions import db


@append_only
class IssuedStatement(db.Model):
    """One statement of a pledge. It carries the steps of its ledger from above `after` to `until`, which follow those
    of the statement before it. `pdf` is the paper as its donor got it, `hash` the SHA-256 of its steps."""

    __tablename__ = "issued_statements"
    __table_args__ = (
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("last_on >= first_on", name="ends_after_beginning"),
        sa.CheckConstraint("after >= 0 AND until >= after", name="steps_in_order"),
        sa.UniqueConstraint("pledge_id", "number", name="uq_issued_statements_number"),
    )

    id: Mapped[int] = pk()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    number: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    after: Mapped[int]
    until: Mapped[int]
    issued_at: Mapped[datetime] = moment(default=now)
    issued_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    hash: Mapped[str] = mapped_column(sa.String(64))
    pdf: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
