"""What a donor promised: the pledge, the rules on its use, the dates on which it falls due."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from tracker.accounts.models import Organisation
from tracker.calendar.now import VIENNA, now
from tracker.database.columns import BigId, Json, Minor, enum_check, moment, pk, public_id
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges.actions import Action
from tracker.pledges.earmarks import EARMARKS
from tracker.pledges.lifecycle import ENDED_WITH_REASON, TRANSITIONS, Origin, Status

_REASON_STATUSES = ", ".join(f"'{status.value}'" for status in ENDED_WITH_REASON)


_DONOR = Organisation.__table__.alias("donor")


class Pledge(db.Model):
    """A promise of money by one donor in one currency; what became of it is in its ledger, never in a status."""

    __tablename__ = "pledges"
    __event_subject__ = "pledge"
    __table_args__ = (
        enum_check("status", Status, "status_known"),
        enum_check("origin", Origin, "origin_known"),
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint("length(currency) = 3", name="currency_has_three_letters"),
        sa.CheckConstraint("support_rate_bp BETWEEN 0 AND 10000", name="support_rate_is_a_share"),
        sa.CheckConstraint(
            "status NOT IN ('signed', 'accepted', 'closed') OR signed_at IS NOT NULL OR origin = 'imported'",
            name="signed_has_signature",
        ),
        sa.CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signature_is_whole"),
        sa.CheckConstraint(
            "signed_on_paper_by IS NULL OR (signed_at IS NOT NULL AND agreement_file_id IS NOT NULL)",
            name="paper_is_kept",
        ),
        sa.CheckConstraint(
            "signed_on_paper_by IS NULL OR accepted_by_id IS NULL OR accepted_by_id <> signed_by_id",
            name="paper_by_two_persons",
        ),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'closed') OR origin = 'imported' OR (accepted_at IS NOT NULL"
            " AND agreement_reference IS NOT NULL AND agreement_date IS NOT NULL AND agreement_file_id IS NOT NULL"
            " AND ends_on IS NOT NULL)",
            name="accepted_has_agreement",
        ),
        sa.CheckConstraint(
            f"(status IN ({_REASON_STATUSES})) = (reason IS NOT NULL)", name="ended_if_and_only_if_reason"
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (status IN ('offered', 'signed', 'accepted'))", name="ended_has_moment"
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR agreement_date IS NULL OR ends_on >= agreement_date", name="ends_after_start"
        ),
        sa.UniqueConstraint("origin", "source", "source_id", name="uq_pledges_source"),
        sa.Index("ix_pledges_organisation_status", "organisation_id", "status"),
        sa.Index("ix_pledges_status", "status", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    status: Mapped[str] = mapped_column(sa.String(12), default=Status.OFFERED.value)
    version: Mapped[int] = mapped_column(default=1)
    acts_posted: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(200))
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(sa.String(3))
    support_rate_bp: Mapped[int]
    conditions: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    offered_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    offered_at: Mapped[datetime] = moment(default=now)
    signed_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    signed_at: Mapped[datetime | None] = moment()
    # Whoever signed a pledge that came on paper; `signed_by_id` is then the manager who filed it.
    signed_on_paper_by: Mapped[str | None] = mapped_column(sa.String(200))
    accepted_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    accepted_at: Mapped[datetime | None] = moment()
    agreement_reference: Mapped[str | None] = mapped_column(sa.String(120))
    agreement_date: Mapped[date | None]
    agreement_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    ends_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = moment()
    origin: Mapped[str] = mapped_column(sa.String(15), default=Origin.FORM.value)
    source: Mapped[str | None] = mapped_column(sa.String(60))
    source_id: Mapped[str | None] = mapped_column(sa.String(120))
    source_hash: Mapped[str | None] = mapped_column(sa.String(64))  # of the row as it was imported
    import_run_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)

    # Whose pledge it is now: its organisation, or the one into which that was merged.
    donor_id: Mapped[int] = column_property(
        sa.select(sa.func.coalesce(_DONOR.c.merged_into_id, _DONOR.c.id))
        .where(_DONOR.c.id == organisation_id)
        .correlate_except(_DONOR)
        .scalar_subquery()
    )
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql", viewonly=True)
    earmarks: Mapped[list["Earmark"]] = relationship(
        back_populates="pledge", order_by="Earmark.id", lazy="raise_on_sql", cascade="all"
    )
    instalments: Mapped[list["Instalment"]] = relationship(
        back_populates="pledge", order_by="Instalment.due_on, Instalment.id", lazy="raise_on_sql", cascade="all"
    )

    @property
    def made_on(self) -> date:
        """The first day on which its money can have moved: of the agreement or of the offer, whichever came first."""
        offered_on = self.offered_at.astimezone(VIENNA).date()
        return min(offered_on, self.agreement_date or offered_on)

    def gives_on(self, day: date) -> bool:
        """Whether its money can be allocated on a day: accepted, and its agreement has not ended."""
        return self.status == Status.ACCEPTED and (self.ends_on is None or self.ends_on >= day)

    def apply(self, action: Action, *, version: int | None, **facts: Any) -> None:
        """Move the pledge by `action`, writing `facts` in the same UPDATE; the only writer of `status`.

        Raises Conflict when the action does not lead on from here, Stale when somebody changed the pledge
        since `version` was seen (None: it was read in this transaction).
        """
        transition = TRANSITIONS[action]
        changed = update_where(
            Pledge,
            Pledge.id == self.id,
            Pledge.version == (self.version if version is None else version),
            Pledge.status.in_(transition.sources),
            status=transition.target.value,
            version=Pledge.version + 1,
            **facts,
        )
        db.session.refresh(self)
        if changed:
            return
        if self.status not in transition.sources:
            raise Conflict(lazy("This pledge has moved on: that is no longer possible."))
        raise Stale(lazy("Somebody changed this pledge while you had it open."))


class Earmark(db.Model):
    """One rule on the use of a pledge. A rule with `share_bp` caps what matches it, in hundredths of a percent of
    the money received, or says the least share of women among its seats; a rule without restricts the pledge to what
    matches."""

    __tablename__ = "earmarks"
    __table_args__ = (
        enum_check("rule", tuple(EARMARKS), "rule_known"),
        sa.CheckConstraint("share_bp IS NULL OR share_bp BETWEEN 1 AND 9999", name="share_is_a_part"),
        sa.CheckConstraint("rule <> 'until' OR share_bp IS NULL", name="a_date_has_no_share"),
        sa.CheckConstraint("rule <> 'women' OR share_bp IS NOT NULL", name="women_have_a_share"),
        sa.Index("ix_earmarks_pledge", "pledge_id"),
    )

    id: Mapped[int] = pk()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    rule: Mapped[str] = mapped_column(sa.String(10))
    # "values" is a word of SQL, so the column has another name: codes, references, or one ISO date for "until".
    codes: Mapped[list[str]] = mapped_column(Json)
    share_bp: Mapped[int | None]

    pledge: Mapped[Pledge] = relationship(back_populates="earmarks", lazy="raise_on_sql")


class Instalment(db.Model):
    """A part of a pledge with its due date. Outstanding is what is neither received nor cancelled."""

    __tablename__ = "instalments"
    __table_args__ = (
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint("received_minor >= 0 AND cancelled_minor >= 0", name="parts_not_negative"),
        sa.CheckConstraint("received_minor + cancelled_minor <= amount_minor", name="parts_within_amount"),
        sa.Index("ix_instalments_pledge", "pledge_id", "due_on"),
        sa.Index("ix_instalments_due", "due_on"),
    )

    id: Mapped[int] = pk()
    pledge_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    due_on: Mapped[date]
    amount_minor: Mapped[Minor]
    received_minor: Mapped[Minor] = mapped_column(default=0)
    cancelled_minor: Mapped[Minor] = mapped_column(default=0)

    pledge: Mapped[Pledge] = relationship(back_populates="instalments", lazy="raise_on_sql")

    @property
    def outstanding_minor(self) -> int:
        """What is still to come, in minor units of the pledge's currency."""
        return self.amount_minor - self.received_minor - self.cancelled_minor

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing of it came or will come."""
        return self.cancelled_minor == self.amount_minor


class DonorInterest(db.Model):
    """What a donor wants to be shown first on its desk; it neither promises nor hides anything."""

    __tablename__ = "donor_interests"
    __event_subject__ = "donor_interest"

    id: Mapped[int] = pk()
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    rules: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    updated_at: Mapped[datetime] = moment(default=now)
