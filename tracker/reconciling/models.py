"""Entries of the finance system and its bank, the steps of the ledger that they are, and why some are not."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, Minor, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.reconciling.matching import How

SIGNS = ("out_minus", "out_plus")


class FinanceSource(db.Model):
    """A system whose files are read: under which headings a table has what (`columns`, by our names), whether what was
    paid has a minus, and the currency of tables that do not say it."""

    __tablename__ = "finance_sources"
    __event_subject__ = "finance_source"
    __table_args__ = (enum_check("sign", SIGNS),)

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    sign: Mapped[str] = mapped_column(sa.String(10), default="out_minus")
    currency: Mapped[str | None] = mapped_column(sa.String(3))


class FinanceEntry(db.Model):
    """One entry of a file: money out or in, on a day, under a reference. `key` is what tells it from every other of its
    source, and `folded` the form of the reference that is compared. `payee` is the payee's number there; names and
    accounts are not kept. `remark` says why it differs or is missing here, and who said so."""

    __tablename__ = "finance_entries"
    __event_subject__ = "finance_entry"
    __table_args__ = (
        sa.CheckConstraint("amount_minor > 0", name="amount_above_zero"),
        sa.CheckConstraint(
            "(remark IS NOT NULL) = (remarked_at IS NOT NULL) AND (remark IS NOT NULL) = (remarked_by_id IS NOT NULL)",
            name="remark_by_somebody",
        ),
        sa.UniqueConstraint("source_id", "key", name="uq_finance_entries_key"),
        sa.Index("ix_finance_entries_day", "day"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    source_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("finance_sources.id"))
    import_run_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(64))
    reference: Mapped[str] = mapped_column(sa.String(120))
    folded: Mapped[str] = mapped_column(sa.String(120))
    day: Mapped[date]
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(sa.String(3))
    is_out: Mapped[bool]
    payee: Mapped[str] = mapped_column(sa.String(40), default="")
    remark: Mapped[str | None] = mapped_column(sa.Text)
    remarked_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    remarked_at: Mapped[datetime | None] = moment()


class EntryMatch(db.Model):
    """That an entry is this step of the ledger: by what it was found, whether both say the same, and who said it where
    a person did. One entry may be several steps that it is the sum of; a step is one entry of each source."""

    __tablename__ = "entry_matches"
    __table_args__ = (
        enum_check("how", How),
        sa.CheckConstraint("(how = 'person') = (by_id IS NOT NULL)", name="person_who_matched"),
        sa.UniqueConstraint("act_id", "source_id", name="uq_entry_matches_act"),
        sa.Index("ix_entry_matches_entry", "entry_id"),
    )

    id: Mapped[int] = pk()
    entry_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("finance_entries.id"))
    source_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("finance_sources.id"))
    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"))
    how: Mapped[str] = mapped_column(sa.String(10))
    agrees: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    at: Mapped[datetime] = moment(default=now)


class PostingRemark(db.Model):
    """Why a step of the ledger is missing in the finance system, and who said so."""

    __tablename__ = "posting_remarks"

    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("acts.id"), primary_key=True, autoincrement=False)
    remark: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    at: Mapped[datetime] = moment(default=now)
