"""What was given out: never changed, but for the moment at which it was taken."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.disclosing.lifecycle import How, Recipient


class Disclosure(db.Model):
    """Sealed data given out once: `fields` are names ("passport.number"), never values. It is taken once, at
    `taken_at`: as a ZIP whose password nobody keeps, or on the screen."""

    __tablename__ = "disclosures"
    __table_args__ = (
        enum_check("recipient", Recipient),
        enum_check("how", How),
        sa.CheckConstraint("reason <> '' AND recipient_name <> ''", name="to_somebody_for_a_reason"),
        sa.Index("ix_disclosures_session", "session_id", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    recipient: Mapped[str] = mapped_column(sa.String(8))
    recipient_name: Mapped[str] = mapped_column(sa.String(160))
    reason: Mapped[str] = mapped_column(sa.Text)
    how: Mapped[str] = mapped_column(sa.String(8))
    fields: Mapped[list[Any]] = mapped_column(Json)
    made_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    made_at: Mapped[datetime] = moment(default=now)
    taken_at: Mapped[datetime | None] = moment()


@append_only
class DisclosedPerson(db.Model):
    """Whose data were given out, and which of the fields they had handed in."""

    __tablename__ = "disclosed_people"
    __table_args__ = (
        sa.PrimaryKeyConstraint("disclosure_id", "delegate_id"),
        sa.Index("ix_disclosed_people_delegate", "delegate_id", "disclosure_id"),
    )

    disclosure_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("disclosures.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    papers: Mapped[list[Any]] = mapped_column(Json)
