"""What is recorded of the journey of one person in one seat. No passport, visa number or account of a bank is here."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import BigId, Json, enum_check, pk, public_id
from tracker.extensions import db
from tracker.participation.travel.lifecycle import Shown

_TICKET = ("ticket_agency", "ticket_issued_on", "ticket_route", "ticket_out_on", "ticket_back_on")
_BOUGHT = " AND ".join(f"({name} IS NOT NULL) = (ticket_number IS NOT NULL)" for name in _TICKET)


class SeatTravel(db.Model):
    """The journey of whoever sits in a seat: a substitute's is a row of its own, so that nobody travels on another's
    number. Amounts are cents of the dollar.

    `direct_minor` is the cheapest direct fare of the day of the quotation, None where there is none. `papers_on` is the
    day on which the papers were complete, `visa_on` the day on which the visa was there, `authorised_on` the
    one on which a manager signed the authorisation of the journey. Whoever is paid on arrival is
    paid in cash, from the advance of the cashier that `advance` names, on the day `handed_on` by the list that was
    signed. `first_day` and `last_day` are those really
    spent at the place of the session, `provided` what others provided: {"2027-03-02": ["lunch", "lodging"]}."""

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
        sa.CheckConstraint("(handed_on IS NOT NULL) = (pay_list_file_id IS NOT NULL)", name="handed_by_a_list"),
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
    handed_on: Mapped[date | None]
    pay_list_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    shown_by: Mapped[str | None] = mapped_column(sa.String(16))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    provided: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    @property
    def payee_known(self) -> bool:
        """Whether it is known how the person is paid."""
        return self.payee_number is not None or self.on_arrival
