"""A proposal of a round: what it was computed from, and what came out."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, moment, pk
from tracker.extensions import db


class RoundProposal(db.Model):
    """`inputs` are the facts of the round by value, as they stood when the proposal was asked for; `outcome` is written
    once, when the work of `job_public_id` is done. Work is forgotten after a while, a proposal is not."""

    __tablename__ = "round_proposals"
    __table_args__ = (
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.UniqueConstraint("round_id", "number", name="uq_round_proposals_number"),
    )

    id: Mapped[int] = pk()
    round_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("rounds.id"))
    number: Mapped[int]
    inputs: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    job_public_id: Mapped[uuid.UUID]
    asked_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    asked_at: Mapped[datetime] = moment(default=now)
