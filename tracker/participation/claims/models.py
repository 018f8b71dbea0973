"""What a delegate claims after the journey, version by version; its boarding passes and receipts; and who of the office
opened them."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.claims.lifecycle import STEPS, ClaimPaperKind, ClaimStatus, ClaimStep, ReceiptLine

_DRAFT = sa.text("status = 'draft'")


class DelegateClaim(db.Model):
    """One version of what the person in a seat claims; `number` counts them. `asked` is what the office wants
    completed. `answer` says why something else is accepted than was claimed, `accepted` how much of each line by
    invoice, in cents of the dollar. Once erased, texts are empty and files gone, but for those that prove a payment,
    until `evidence_until`."""

    __tablename__ = "delegate_claims"
    __event_subject__ = "delegate_claim"
    __table_args__ = (
        enum_check("status", ClaimStatus),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("(first_day IS NOT NULL) = (last_day IS NOT NULL)", name="days_are_whole"),
        sa.CheckConstraint("last_day >= first_day", name="days_in_order"),
        sa.CheckConstraint("(sent_at IS NOT NULL) = (status <> 'draft')", name="sent_has_moment"),
        sa.CheckConstraint(
            "(asked_at IS NOT NULL) = (asked_by_id IS NOT NULL) AND (status <> 'asked' OR asked_at IS NOT NULL)",
            name="asked_by_somebody",
        ),
        sa.CheckConstraint("(answered_at IS NOT NULL) = (status = 'answered')", name="answered_has_moment"),
        sa.CheckConstraint("evidence_until IS NULL OR erased_on IS NOT NULL", name="evidence_of_what_is_erased"),
        sa.UniqueConstraint("seat_id", "delegate_id", "number", name="uq_delegate_claims_number"),
        sa.Index(
            "uq_delegate_claims_one_draft",
            "seat_id",
            "delegate_id",
            unique=True,
            sqlite_where=_DRAFT,
            postgresql_where=_DRAFT,
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"), index=True)
    number: Mapped[int]
    status: Mapped[str] = mapped_column(sa.String(10), default=ClaimStatus.DRAFT.value)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    provided: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    remark: Mapped[str] = mapped_column(sa.Text, default="")
    changed_at: Mapped[datetime] = moment(default=now)
    sent_at: Mapped[datetime | None] = moment()
    asked_at: Mapped[datetime | None] = moment()
    asked_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    asked: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = moment()
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    accepted: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    erased_on: Mapped[date | None]
    evidence_until: Mapped[date | None]

    def step(self, step: ClaimStep, *, version: int | None, **facts: Any) -> None:
        """Move the claim; the only writer of `status`. Raises Conflict where the step does not lead on from here, Stale
        when it changed since `version` was seen (None: it was read in this transaction)."""
        sources, target = STEPS[step]
        same = DelegateClaim.version == (self.version if version is None else version)
        moved = {"status": target.value, "version": DelegateClaim.version + 1, "changed_at": now(), **facts}
        changed = update_where(
            DelegateClaim, DelegateClaim.id == self.id, same, DelegateClaim.status.in_(sources), **moved
        )
        db.session.refresh(self)
        if changed:
            return
        if self.status not in sources:
            raise Conflict(lazy("This claim has moved on: that is no longer possible."))
        raise Stale(lazy("Somebody changed this while you had the page open."))


class ClaimPaper(db.Model):
    """A boarding pass or a receipt of one version of a claim. A receipt in another currency than dollars keeps the rate
    of its day (units for one dollar); `dollars_minor` is None where no rate is known."""

    __tablename__ = "claim_papers"
    __event_subject__ = "claim_paper"
    __table_args__ = (
        enum_check("kind", ClaimPaperKind),
        enum_check("line", ReceiptLine),
        sa.CheckConstraint(
            " AND ".join(
                f"({name} IS NOT NULL) = (kind = 'receipt')" for name in ("line", "paid_on", "amount_minor", "currency")
            ),
            name="receipt_is_whole",
        ),
        sa.CheckConstraint("amount_minor > 0", name="above_zero"),
        sa.CheckConstraint(
            "(rate IS NOT NULL) = (rate_on IS NOT NULL) AND (rate IS NULL OR dollars_minor IS NOT NULL)",
            name="rate_is_whole",
        ),
        sa.UniqueConstraint("claim_id", "number", name="uq_claim_papers_number"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    claim_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegate_claims.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10))
    line: Mapped[str | None] = mapped_column(sa.String(10))
    what: Mapped[str] = mapped_column(sa.String(200), default="")
    receipt_number: Mapped[str] = mapped_column(sa.String(60), default="")
    paid_on: Mapped[date | None]
    amount_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    currency: Mapped[str | None] = mapped_column(sa.String(3))
    rate: Mapped[Decimal | None] = mapped_column(sa.Numeric(24, 10))
    rate_on: Mapped[date | None]
    rate_source: Mapped[str] = mapped_column(sa.Text, default="")
    dollars_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    file_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("files.id"), index=True)


class ClaimOpening(db.Model):
    """That somebody of the office opened a boarding pass or a receipt. The delegate reads it."""

    __tablename__ = "claim_openings"

    id: Mapped[int] = pk()
    paper_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("claim_papers.id"), index=True)
    opened_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    opened_at: Mapped[datetime] = moment(default=now)
