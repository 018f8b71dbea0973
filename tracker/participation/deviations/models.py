"""What is recorded of a journey that differs for private reasons."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.deviations.lifecycle import PaysMore, above


class SeatDeviation(db.Model):
    """How whoever sits in a seat travels otherwise than planned for private reasons. Amounts are cents of the dollar.

    `fare_minor` is what their ticket costs, `comparable_minor` what the official journey would have cost by the
    quotation of that day (both None where the fund pays no ticket). `borne_by` pays what is above. `private_days` carry
    no allowance: ["2027-03-08"]; `allowance_minor` is what is due of it with them, None where the fund pays none."""

    __tablename__ = "seat_deviations"
    __table_args__ = (
        enum_check("borne_by", PaysMore),
        sa.CheckConstraint("leaves_on >= arrives_on", name="days_in_order"),
        sa.CheckConstraint("(fare_minor IS NOT NULL) = (comparable_minor IS NOT NULL)", name="compared"),
        sa.CheckConstraint("fare_minor > 0 AND comparable_minor > 0 AND allowance_minor >= 0", name="not_negative"),
        sa.CheckConstraint(
            "(borne_by IS NOT NULL) = (fare_minor IS NOT NULL AND fare_minor > comparable_minor)", name="more_is_borne"
        ),
        sa.UniqueConstraint("seat_id", "delegate_id", name="uq_seat_deviations_person"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    arrives_on: Mapped[date]
    leaves_on: Mapped[date]
    private_days: Mapped[list[str]] = mapped_column(Json, default=list)
    route: Mapped[str] = mapped_column(sa.String(120), default="")
    fare_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    comparable_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    allowance_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    borne_by: Mapped[str | None] = mapped_column(sa.String(8))
    reason: Mapped[str] = mapped_column(sa.Text)
    recorded_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    recorded_at: Mapped[datetime] = moment(default=now)

    @property
    def days(self) -> frozenset[date]:
        """The private days."""
        return frozenset(date.fromisoformat(day) for day in self.private_days)

    @property
    def allowance_most_minor(self) -> int:
        """What is due of the allowance at most, nothing where it was not counted."""
        return self.allowance_minor or 0

    @property
    def above_minor(self) -> int:
        """What the ticket costs above the comparable fare."""
        return above(self.fare_minor, self.comparable_minor)
