"""The lines of the agency's statements, and refunds that are not awaited any more."""

import enum
import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Minor, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.languages.marking import N_


class LineKindOfAgency(enum.StrEnum):
    """What the agency charges or gives back."""

    SALE = "sale"
    EXCHANGE = "exchange"
    FEE = "fee"
    REFUND = "refund"


CHARGES = (LineKindOfAgency.SALE, LineKindOfAgency.EXCHANGE, LineKindOfAgency.FEE)
KIND_LABELS = {
    LineKindOfAgency.SALE: N_("Sale"),
    LineKindOfAgency.EXCHANGE: N_("Exchange"),
    LineKindOfAgency.FEE: N_("Fee"),
    LineKindOfAgency.REFUND: N_("Refund"),
}


class AgencyLine(db.Model):
    """One line of a statement (its reference `statement`, of the day `stated_on`): an amount above zero in its currency
    for a ticket. `number` is the ticket as written, `ticket` the form that is compared; `journey_id` is the journey
    with that ticket, None where none or several have it. `remark` says why it differs, and who said so."""

    __tablename__ = "agency_lines"
    __event_subject__ = "agency_line"
    __table_args__ = (
        enum_check("kind", LineKindOfAgency),
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint(
            "(remark IS NOT NULL) = (remarked_at IS NOT NULL) AND (remark IS NOT NULL) = (remarked_by_id IS NOT NULL)",
            name="remark_by_somebody",
        ),
        sa.Index("ix_agency_lines_ticket", "ticket", "statement"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    import_run_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)
    statement: Mapped[str] = mapped_column(sa.String(80))
    stated_on: Mapped[date]
    number: Mapped[str] = mapped_column(sa.String(40))
    ticket: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(10))
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(sa.String(3))
    journey_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("seat_travels.id"), index=True)
    remark: Mapped[str | None] = mapped_column(sa.Text)
    remarked_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    remarked_at: Mapped[datetime | None] = moment()


class RefundNotAwaited(db.Model):
    """A part of what was paid for the tickets of a seat that will not come back, in cents of the dollar; why, and who
    said so. Of a seat that is settled the write-off says it, by two persons."""

    __tablename__ = "refunds_not_awaited"
    __table_args__ = (sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),)

    id: Mapped[int] = pk()
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"), index=True)
    amount_minor: Mapped[Minor]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    at: Mapped[datetime] = moment(default=now)
