"""The lines of a seat: what of each was estimated, and what is approved for it from which allocation."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.costs.lines import LineKind, Payer
from tracker.database.columns import BigId, Json, Minor, enum_check, pk
from tracker.extensions import db


class SeatLine(db.Model):
    """One cost of a seat, in cents of the dollar: what it was expected to cost as it was computed then, and what is
    approved for it. What the fund pays comes from one allocation of the seat; where a further pledge tops a line up,
    that share is a row of its own, `number` 2 and on, which nothing was estimated for."""

    __tablename__ = "seat_lines"
    __table_args__ = (
        enum_check("kind", LineKind),
        enum_check("payer", Payer),
        sa.CheckConstraint("estimate_minor >= 0 AND approved_minor >= 0", name="not_negative"),
        sa.CheckConstraint("payer <> 'fund' OR estimate_minor IS NOT NULL", name="the_funds_is_known"),
        sa.CheckConstraint("payer = 'fund' OR approved_minor = 0", name="others_need_no_approval"),
        sa.CheckConstraint("(approved_minor > 0) = (allocation_id IS NOT NULL)", name="approved_from_an_allocation"),
        sa.CheckConstraint(
            "number >= 1 AND (number = 1 OR (estimate_minor = 0 AND approved_minor > 0))", name="further_shares_top_up"
        ),
        sa.UniqueConstraint("seat_id", "kind", "number", name="uq_seat_lines_kind"),
        sa.UniqueConstraint("seat_id", "kind", "allocation_id", name="uq_seat_lines_allocation"),
        # Payments point at the line together with its allocation, so that no payment names another seat's line.
        sa.UniqueConstraint("id", "allocation_id", name="uq_seat_lines_paid_from"),
        sa.Index("ix_seat_lines_allocation", "allocation_id"),
    )

    id: Mapped[int] = pk()
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    payer: Mapped[str] = mapped_column(sa.String(8))
    estimate_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    approved_minor: Mapped[Minor] = mapped_column(default=0)
    allocation_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("allocations.id"))
    parts: Mapped[list[Any]] = mapped_column(Json, default=list)
