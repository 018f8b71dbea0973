"""What is recorded of the journey of one person in one seat. No passport, visa number or account of a bank is here."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import BigId, Json, Minor, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.travel.lifecycle import Shown

_TICKET = ("ticket_agency", "ticket_issued_on", "ticket_route", "ticket_out_on", "ticket_back_on")
_BOUGHT = " AND ".join(f"({name} IS NOT NULL) = (ticket_number IS NOT NULL)" for name in _TICKET)


class SeatTravel(db.Model):
    """The journey of whoever sits in a seat: a substitute's is a row of its own, so that nobody travels on another's
    number. Amounts are cents of the dollar.

    `direct_minor` is the cheapest direct fare of the day of the quotation, None where there is none. `papers_on` is the
    day on which the papers were complete, `visa_on` the day on which the visa was there, `authorised_on` the
    one on which a manager signed the authorisation of the journey. Whoever is paid on arrival is paid in cash, from the
    advance of the cashier that `advance` names (`CashHanded`). `first_day` and `last_day` are those really spent at the
    place of the session, `provided` what others provided: {"2027-03-02": ["lunch", "lodging"]}."""

    __tablename__ = "seat_travels"
    __table_args__ = (
        enum_check("shown_by", Shown),
        sa.CheckConstraint(
            "(quoted_until IS NOT NULL) = (quoted_minor IS NOT NULL)"
            " AND (quoted_from IS NOT NULL) = (quoted_minor IS NOT NULL)"
            " AND (direct_minor IS NULL OR quoted_minor IS NOT NULL)",
            name="quotation_is_whole",
        ),
        sa.CheckConstraint(
            "(authorised_on IS NOT NULL) = (authorisation_file_id IS NOT NULL)", name="authorised_by_a_file"
        ),
        sa.CheckConstraint(_BOUGHT, name="ticket_is_whole"),
        sa.CheckConstraint("ticket_minor IS NULL OR ticket_number IS NOT NULL", name="fare_of_a_ticket"),
        sa.CheckConstraint("ticket_back_on >= ticket_out_on", name="back_after_out"),
        sa.CheckConstraint("quoted_minor > 0 AND direct_minor > 0 AND ticket_minor > 0", name="above_zero"),
        sa.CheckConstraint("visa_on >= visa_asked_on", name="visa_after_it_was_asked"),
        sa.CheckConstraint("on_arrival = (advance IS NOT NULL)", name="on_arrival_names_an_advance"),
        sa.CheckConstraint(
            "(first_day IS NOT NULL) = (shown_by IS NOT NULL) AND (last_day IS NOT NULL) = (shown_by IS NOT NULL)",
            name="travelled_is_whole",
        ),
        sa.CheckConstraint("last_day >= first_day", name="days_in_order"),
        sa.UniqueConstraint("seat_id", "delegate_id", name="uq_seat_travels_person"),
        sa.UniqueConstraint("ticket_number", name="uq_seat_travels_ticket"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    papers_on: Mapped[date | None]
    visa_asked_on: Mapped[date | None]
    visa_on: Mapped[date | None]
    quoted_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    quoted_until: Mapped[date | None]
    quoted_from: Mapped[str | None] = mapped_column(sa.String(120))
    direct_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    authorised_on: Mapped[date | None]
    authorisation_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    ticket_number: Mapped[str | None] = mapped_column(sa.String(40))
    ticket_agency: Mapped[str | None] = mapped_column(sa.String(120))
    ticket_issued_on: Mapped[date | None]
    ticket_route: Mapped[str | None] = mapped_column(sa.String(120))
    ticket_out_on: Mapped[date | None]
    ticket_back_on: Mapped[date | None]
    ticket_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    payee_number: Mapped[str | None] = mapped_column(sa.String(40))
    on_arrival: Mapped[bool] = mapped_column(default=False)
    advance: Mapped[str | None] = mapped_column(sa.String(80))
    shown_by: Mapped[str | None] = mapped_column(sa.String(16))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    provided: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    @property
    def payee_known(self) -> bool:
        """Whether it is known how the person is paid."""
        return self.payee_number is not None or self.on_arrival


class PaperCase(db.Model):
    """A request that a paper tells of which was signed for the journeys of several: whoever may not read one of these
    requests does not open the paper."""

    __tablename__ = "travel_paper_cases"

    file_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("files.id"), primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(
        BigId, sa.ForeignKey("assistance_requests.id"), primary_key=True, autoincrement=False
    )


class CashHanded(db.Model):
    """What of one line a person signed for on arrival, in cents of the dollar, and by which list. It posts nothing:
    `act_id` is the payment by which finance recorded it. A wrong tick is taken back with a reason, and kept."""

    __tablename__ = "cash_handed_over"
    __table_args__ = (
        sa.CheckConstraint("amount_minor > 0", name="above_zero"),
        sa.CheckConstraint(
            "(undone_at IS NOT NULL) = (undone_why IS NOT NULL)"
            " AND (undone_at IS NOT NULL) = (undone_by_id IS NOT NULL)",
            name="undone_is_whole",
        ),
        sa.Index("ix_cash_handed_over_travel", "travel_id"),
        sa.Index("ix_cash_handed_over_seat_line", "seat_line_id"),
    )

    id: Mapped[int] = pk()
    travel_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seat_travels.id"))
    seat_line_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seat_lines.id"))
    amount_minor: Mapped[Minor]
    handed_on: Mapped[date]
    pay_list_file_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("files.id"))
    act_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("acts.id"))
    undone_at: Mapped[datetime | None] = moment()
    undone_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    undone_why: Mapped[str | None] = mapped_column(sa.Text)
