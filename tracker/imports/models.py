"""One row for each import that was carried out: the subject of its event, and what the page shows afterwards."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db

STATUSES = ("running", "done", "stopped", "undone")


class ImportRun(db.Model):
    """A file that was imported: its name, its hash, how its rows ended.

    Rows are taken over in parts, each committed for itself, and name their run (`import_run_id`). `work_key` is that of
    the work that carries the run out: begun anew after a stop, it goes on with the same run. `grew_at` is when its
    latest part began. Undone, `undone` rows went and `kept` stayed, because somebody had touched them.
    """

    __tablename__ = "import_runs"
    __event_subject__ = "import"
    __table_args__ = (
        enum_check(
            "what",
            (
                *("requests", "pledges", "cost_rates", "cost_rules", "earlier_seats", "attendance", "agency_statement"),
                "finance_entries",
            ),
        ),
        enum_check("status", STATUSES),
        sa.CheckConstraint("(status = 'running') = (ended_at IS NULL)", name="ended"),
        sa.CheckConstraint("(status = 'undone') = (undone_at IS NOT NULL)", name="undone"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    what: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    at: Mapped[datetime] = moment(default=now)
    grew_at: Mapped[datetime | None] = moment()
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    status: Mapped[str] = mapped_column(sa.String(10), default="running")
    work_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    ended_at: Mapped[datetime | None] = moment()
    undone_at: Mapped[datetime | None] = moment()
    undone_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    undone: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
