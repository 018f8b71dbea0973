"""Long work as a row: whoever started it can leave, come back, see how far it is, and cancel it.

A job lives here and not in the broker, because a broker redelivers what runs past its visibility timeout and forgets
everything when it is emptied. A worker holds a job by a token with a lease that it renews; when a worker is killed the
lease runs out and the next one takes the job up again, so a job's function must be able to begin anew.
"""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db

STATUSES = ("queued", "running", "done", "failed", "cancelled")


class Job(db.Model):
    """One piece of long work; `message` is a message id rendered with `message_params` for each reader."""

    __tablename__ = "jobs"
    __table_args__ = (
        enum_check("status", STATUSES),
        sa.CheckConstraint("done >= 0 AND total >= 0", name="progress"),
        sa.CheckConstraint("(status = 'running') = (token IS NOT NULL)", name="held_while_running"),
        sa.CheckConstraint("(status IN ('queued', 'running')) = (ended_at IS NULL)", name="ended"),
        sa.Index(
            "ix_jobs_open",
            "lease_until",
            sqlite_where=sa.text("status IN ('queued', 'running')"),
            postgresql_where=sa.text("status IN ('queued', 'running')"),
        ),
        sa.Index("ix_jobs_owner", "person_id", "id"),
    )
    __event_subject__ = "job"

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    kind: Mapped[str] = mapped_column(sa.String(60))
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    status: Mapped[str] = mapped_column(sa.String(10), default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    message_params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    report_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"))
    person_id: Mapped[int | None] = mapped_column(BigId)
    membership_id: Mapped[int | None] = mapped_column(BigId)
    organisation_id: Mapped[int | None] = mapped_column(BigId)
    tries: Mapped[int] = mapped_column(default=0)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    token: Mapped[str | None] = mapped_column(sa.String(36))
    lease_until: Mapped[datetime | None] = moment()
    created_at: Mapped[datetime] = moment(default=now)
    started_at: Mapped[datetime | None] = moment()
    ended_at: Mapped[datetime | None] = moment()

    @property
    def open(self) -> bool:
        """Whether the work is still to be done or under way."""
        return self.status in ("queued", "running")
