"""What delegates handed in, sealed; when and by whom, in clear; and who opened it for which reason."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import BigId, Json, enum_check, moment, pk
from tracker.extensions import db
from tracker.participation.papers.lifecycle import By, Paper, PaysBy


def _sealed() -> Mapped[bytes | None]:
    """A column of `sealing.columns.SEALED`: no list loads it, whoever opens it names it."""
    return mapped_column(sa.LargeBinary, deferred=True, deferred_raiseload=True)


class DelegatePapers(db.Model):
    """What one delegate handed in. `*_on` are the days on which it was handed in last. `bank` is there where the person
    is paid by transfer. `doubts` are what does not agree in the passport (`lifecycle.Doubt`), until an officer accepts
    it. Once all is erased, `evidence` is what of the bank data proves a payment, until `evidence_until`."""

    __tablename__ = "delegate_papers"
    __table_args__ = (
        enum_check("pays_by", PaysBy),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (passport IS NOT NULL) = (passport_on IS NOT NULL)", name="passport"
        ),
        sa.CheckConstraint("erased_on IS NOT NULL OR (visa IS NOT NULL) = (visa_on IS NOT NULL)", name="visa"),
        sa.CheckConstraint("erased_on IS NOT NULL OR (access IS NOT NULL) = (access_on IS NOT NULL)", name="access"),
        sa.CheckConstraint("(pays_by IS NOT NULL) = (payment_on IS NOT NULL)", name="payment_is_chosen"),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (bank IS NOT NULL) = (pays_by IS NOT NULL AND pays_by = 'transfer')",
            name="bank_of_a_transfer",
        ),
        sa.CheckConstraint(
            "erased_on IS NULL OR (passport IS NULL AND visa IS NULL AND access IS NULL AND bank IS NULL)",
            name="erased_is_gone",
        ),
        sa.CheckConstraint("(evidence IS NOT NULL) = (evidence_until IS NOT NULL)", name="evidence_until"),
        sa.CheckConstraint("(accepted_at IS NOT NULL) = (accepted_by_id IS NOT NULL)", name="accepted_by_somebody"),
    )

    delegate_id: Mapped[int] = mapped_column(
        BigId, sa.ForeignKey("delegates.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(default=1)
    passport: Mapped[bytes | None] = _sealed()
    visa: Mapped[bytes | None] = _sealed()
    access: Mapped[bytes | None] = _sealed()
    bank: Mapped[bytes | None] = _sealed()
    evidence: Mapped[bytes | None] = _sealed()
    passport_on: Mapped[date | None]
    visa_on: Mapped[date | None]
    access_on: Mapped[date | None]
    payment_on: Mapped[date | None]
    pays_by: Mapped[str | None] = mapped_column(sa.String(8))
    doubts: Mapped[list[Any]] = mapped_column(Json, default=list)
    accepted_at: Mapped[datetime | None] = moment()
    accepted_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    erased_on: Mapped[date | None]
    evidence_until: Mapped[date | None]

    @property
    def handed_in(self) -> dict[Paper, date]:
        """What is there, with the day on which it was handed in; nothing once it is erased."""
        days = {paper: getattr(self, f"{paper}_on") for paper in Paper}
        return {} if self.erased_on else {paper: day for paper, day in days.items() if day is not None}

    @property
    def counted(self) -> dict[Paper, date]:
        """What of it counts as handed in: a passport in which something does not agree only once it was accepted."""
        waits = {Paper.PASSPORT} if self.to_decide else set()
        return {paper: day for paper, day in self.handed_in.items() if paper not in waits}

    @property
    def to_decide(self) -> list[str]:
        """What does not agree in the passport and nobody has accepted."""
        return [] if self.accepted_at or self.erased_on else list(self.doubts)


@append_only
class PaperHandedIn(db.Model):
    """One handing in: what, when and by whom; what an officer entered with where it came from. Never changed."""

    __tablename__ = "papers_handed_in"
    __table_args__ = (
        enum_check("paper", Paper),
        enum_check("by_whom", By),
        sa.CheckConstraint(
            "(by_whom = 'officer') = (entered_by_id IS NOT NULL)"
            " AND (by_whom = 'officer') = (source IS NOT NULL)"
            " AND (by_whom = 'officer') = (received_on IS NOT NULL)",
            name="entered_with_its_source",
        ),
        sa.CheckConstraint("by_whom <> 'helper' OR paper <> 'payment'", name="no_bank_data_by_helpers"),
        sa.Index("ix_papers_handed_in_delegate", "delegate_id", "id"),
    )

    id: Mapped[int] = pk()
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    paper: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[datetime] = moment(default=now)
    by_whom: Mapped[str] = mapped_column(sa.String(10))
    entered_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    source: Mapped[str | None] = mapped_column(sa.String(200))
    received_on: Mapped[date | None]


class PaperOpening(db.Model):
    """That somebody of the office opened papers of a delegate: which, when and why. The delegate reads it. What was
    opened is shown once, at `shown_at`; nothing else of it ever changes (`migrations.guards`)."""

    __tablename__ = "paper_openings"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="reason"),
        sa.Index("ix_paper_openings_delegate", "delegate_id", "id"),
    )

    id: Mapped[int] = pk()
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    papers: Mapped[list[Any]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(sa.Text)
    opened_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    opened_at: Mapped[datetime] = moment(default=now)
    shown_at: Mapped[datetime | None] = moment()
