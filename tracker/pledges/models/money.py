"""The ledger: accounts, acts and their transfers, and the facts behind each act.

Acts, transfers, receipts and payments are written once: the ORM, a trigger and (on PostgreSQL) missing grants refuse
to change them.
"""

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import BigId, Minor, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.pledges.lifecycle import ACTS, METHODS, PAYEE_KINDS, AccountKind, AllocationStatus
from tracker.pledges.seat_lines import PARTS


class LedgerAccount(db.Model):
    """One account of a pledge. Its balance moves only by `ledger.post` and equals the sum of its transfers."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        enum_check("kind", AccountKind, "kind_known"),
        sa.CheckConstraint(
            "kind = 'exchange' OR (kind = 'donor' AND balance_minor <= 0)"
            " OR (kind NOT IN ('donor', 'exchange') AND balance_minor >= 0)",
            name="balance_has_its_sign",
        ),
        sa.CheckConstraint("(allocation_id IS NOT NULL) = (kind IN ('held', 'paid'))", name="allocation_where_due"),
        sa.CheckConstraint(
            "kind NOT IN ('available', 'support', 'held', 'paid') OR currency = 'USD'", name="fund_currency"
        ),
        sa.Index(
            "uq_ledger_accounts_kind",
            "pledge_id",
            "kind",
            "currency",
            unique=True,
            sqlite_where=sa.text("allocation_id IS NULL"),
            postgresql_where=sa.text("allocation_id IS NULL"),
        ),
        sa.UniqueConstraint("allocation_id", "kind", name="uq_ledger_accounts_allocation"),
        sa.Index("ix_ledger_accounts_pledge", "pledge_id", "kind"),
    )

    id: Mapped[int] = pk()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    kind: Mapped[str] = mapped_column(sa.String(10))
    currency: Mapped[str] = mapped_column(sa.String(3))
    allocation_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("allocations.id"))
    balance_minor: Mapped[Minor] = mapped_column(default=0)


@append_only
class Act(db.Model):
    """One financial step, done by somebody, at a moment, for an event of the record.

    Where the step values money in the fund's currency it keeps the rate it used (units of the pledge's currency for
    one dollar), with its date and source.
    """

    __tablename__ = "acts"
    __table_args__ = (
        enum_check("name", tuple(ACTS), "name_known"),
        sa.CheckConstraint("(name = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_names_its_act"),
        sa.CheckConstraint("(name IN ('receipt', 'apply')) = (rate IS NOT NULL)", name="rate_where_used"),
        sa.CheckConstraint(
            "(rate IS NULL) = (rate_date IS NULL) AND (rate IS NULL) = (rate_source IS NULL)", name="rate_is_whole"
        ),
        sa.CheckConstraint("rate > 0", name="rate_above_zero"),
        sa.UniqueConstraint("pledge_id", "number", name="uq_acts_number"),
        sa.UniqueConstraint("reverses_id", name="uq_acts_reverses"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(12))
    actor_person_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    event_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("events.id"))
    at: Mapped[datetime] = moment(default=now)
    value_date: Mapped[date]
    external_reference: Mapped[str | None] = mapped_column(sa.String(120))
    reverses_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("acts.id"))
    note: Mapped[str | None] = mapped_column(sa.Text)
    rate: Mapped[Decimal | None] = mapped_column(sa.Numeric(20, 8))
    rate_date: Mapped[date | None]
    rate_source: Mapped[str | None] = mapped_column(sa.String(200))


@append_only
class Transfer(db.Model):
    """One posting: a positive amount from one account to another of the same pledge and currency."""

    __tablename__ = "transfers"
    __table_args__ = (
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint("from_account_id <> to_account_id", name="two_accounts"),
        sa.Index("ix_transfers_act", "act_id"),
        sa.Index("ix_transfers_from", "from_account_id"),
        sa.Index("ix_transfers_to", "to_account_id"),
    )

    id: Mapped[int] = pk()
    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"))
    from_account_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("ledger_accounts.id"))
    to_account_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("ledger_accounts.id"))
    amount_minor: Mapped[Minor]


@append_only
class Receipt(db.Model):
    """Money that came in, in the minor units of the pledge's currency, and what of it that made in the fund's."""

    __tablename__ = "receipts"
    __table_args__ = (
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint(
            "applied_minor >= 0 AND unapplied_minor >= 0 AND charge_minor >= 0"
            " AND applied_minor + unapplied_minor = amount_minor",
            name="parts_add_up",
        ),
        sa.CheckConstraint(
            "fund_minor >= 0 AND support_minor >= 0 AND support_minor <= fund_minor", name="support_within"
        ),
        sa.Index("ix_receipts_pledge", "pledge_id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"), unique=True)
    amount_minor: Mapped[Minor]
    applied_minor: Mapped[Minor]
    unapplied_minor: Mapped[Minor] = mapped_column(default=0)
    charge_minor: Mapped[Minor] = mapped_column(default=0)
    fund_minor: Mapped[Minor]
    support_minor: Mapped[Minor]


class ReceiptShare(db.Model):
    """The part of a receipt that settled one instalment, so that a reversal can open it again."""

    __tablename__ = "receipt_shares"
    __table_args__ = (sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),)

    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"), primary_key=True)
    instalment_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("instalments.id"), primary_key=True)
    amount_minor: Mapped[Minor]


class Allocation(db.Model):
    """Pledge money for one request, in the fund's currency. Planned, it posts nothing; approved by a second
    person, the money is held for the request. What a round, a promotion or a top-up sets aside is for one seat and
    approved at once: `planned_by` is who proposed it."""

    __tablename__ = "allocations"
    __event_subject__ = "allocation"
    __table_args__ = (
        enum_check("status", AllocationStatus, "status_known"),
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint("approved_by_id IS NULL OR approved_by_id <> planned_by_id", name="two_persons"),
        sa.CheckConstraint("status <> 'planned' OR approved_at IS NULL", name="planned_is_not_approved"),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'closed') OR (approved_at IS NOT NULL AND approved_by_id IS NOT NULL)",
            name="approved_has_approval",
        ),
        sa.CheckConstraint("(ended_at IS NOT NULL) = (status IN ('released', 'closed'))", name="ended_has_moment"),
        sa.CheckConstraint("seat_id IS NULL OR status <> 'planned'", name="a_seats_is_approved"),
        sa.Index("ix_allocations_pledge", "pledge_id"),
        sa.Index("ix_allocations_seat", "seat_id"),
        sa.Index("ix_allocations_request", "request_id"),
        sa.Index("ix_allocations_status", "status", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    request_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("assistance_requests.id"))
    seat_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    amount_minor: Mapped[Minor]
    status: Mapped[str] = mapped_column(sa.String(10), default=AllocationStatus.PLANNED.value)
    version: Mapped[int] = mapped_column(default=1)
    planned_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    planned_at: Mapped[datetime] = moment(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = moment()
    ended_at: Mapped[datetime | None] = moment()
    reason: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def is_of_a_seat(self) -> bool:
        """Whether it is for one seat; else it is for the request as a whole."""
        return self.seat_id is not None


@append_only
class Disbursement(db.Model):
    """Money paid out of an allocation, or recovered into it, as the office's finance system knows it. Out of a seat's
    allocation it names the line, and what `part` of the line was paid: all, an advance, the balance."""

    __tablename__ = "disbursements"
    __table_args__ = (
        enum_check("direction", ("paid", "recovered"), "direction_known"),
        enum_check("payee_kind", tuple(PAYEE_KINDS), "payee_kind_known"),
        enum_check("method", tuple(METHODS), "method_known"),
        enum_check("part", tuple(PARTS), "part_known"),
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint(
            "(part IS NOT NULL) = (seat_line_id IS NOT NULL AND direction = 'paid')", name="a_lines_payment_has_a_part"
        ),
        sa.ForeignKeyConstraint(
            ["seat_line_id", "allocation_id"],
            ["seat_lines.id", "seat_lines.allocation_id"],
            name="fk_disbursements_seat_line",
        ),
        sa.Index("ix_disbursements_allocation", "allocation_id"),
        sa.Index("ix_disbursements_seat_line", "seat_line_id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    allocation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("allocations.id"))
    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"), unique=True)
    direction: Mapped[str] = mapped_column(sa.String(10))
    amount_minor: Mapped[Minor]
    payee_kind: Mapped[str] = mapped_column(sa.String(20))
    method: Mapped[str] = mapped_column(sa.String(20))
    seat_line_id: Mapped[int | None] = mapped_column(BigId)
    part: Mapped[str | None] = mapped_column(sa.String(10))


class RequestFunding(db.Model):
    """How far a request may be and is funded, in the fund's currency. The CHECKs are the promise that a request never
    gets more than was approved; `open` closes when the request does, in the same transaction. `approved` is what the
    decision says and `seats`: what is held and paid for seats."""

    __tablename__ = "request_funding"
    __table_args__ = (
        sa.CheckConstraint("approved_minor >= 0 AND paid_minor >= 0 AND seats_minor >= 0", name="not_negative"),
        sa.CheckConstraint("allocated_minor <= approved_minor", name="allocated_within_approved"),
        sa.CheckConstraint("paid_minor <= allocated_minor", name="paid_within_allocated"),
        sa.CheckConstraint("seats_minor <= allocated_minor", name="seats_within_allocated"),
    )

    request_id: Mapped[int] = mapped_column(
        BigId, sa.ForeignKey("assistance_requests.id"), primary_key=True, autoincrement=False
    )
    approved_minor: Mapped[Minor]
    allocated_minor: Mapped[Minor] = mapped_column(default=0)
    paid_minor: Mapped[Minor] = mapped_column(default=0)
    seats_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    open: Mapped[bool] = mapped_column(default=True)
