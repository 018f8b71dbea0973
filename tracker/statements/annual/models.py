"""The annual reports of donors: what was counted, and what the office says of deviations."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import BigId, Json, moment, pk
from tracker.extensions import db


class AnnualReport(db.Model):
    """One donor's report of one year. `facts` are what a worker counted last, of which titles and words of States are
    no part: these are read with the consent of the day. `job_public_id` is the work that counts or counted."""

    __tablename__ = "annual_reports"
    __event_subject__ = "annual_report"
    __table_args__ = (
        sa.CheckConstraint("(explanation = '') = (explained_at IS NULL)", name="explained_has_moment"),
        sa.UniqueConstraint("organisation_id", "year", name="uq_annual_reports_year"),
    )

    id: Mapped[int] = pk()
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    job_public_id: Mapped[uuid.UUID]
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    made_at: Mapped[datetime | None] = moment()
    explanation: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en", server_default="en")
    explained_at: Mapped[datetime | None] = moment()
    explained_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
