"""Which receipts and payments somebody else than whoever recorded them has found to be true."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, moment
from tracker.extensions import db


@dataclass(frozen=True, slots=True)
class FoundThere:
    """A step (id of its act) that the finance system has under this reference, and by whose doing that is known."""

    act_id: int
    reference: str
    said_by: frozenset[int]


class PostingConfirmation(db.Model):
    """The confirmation of a receipt, a payment or a recovery: by a second finance officer, or by the entry of the
    finance system that is the same, whose reference it names. A step without a row is not confirmed yet."""

    __tablename__ = "posting_confirmations"
    __table_args__ = (
        sa.CheckConstraint("(confirmed_by_id IS NULL) = (entry IS NOT NULL)", name="by_a_person_or_an_entry"),
        sa.CheckConstraint("entry <> ''", name="entry_is_named"),
    )

    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"), primary_key=True, autoincrement=False)
    confirmed_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    entry: Mapped[str | None] = mapped_column(sa.String(120))
    at: Mapped[datetime] = moment(default=now)
