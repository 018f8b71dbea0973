"""Questions that the office keeps for reuse."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import moment, pk
from tracker.extensions import db


class QuestionTemplate(db.Model):
    """A reusable question of the office."""

    __tablename__ = "question_templates"

    id: Mapped[int] = pk()
    field: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str] = mapped_column(sa.String(2))
    text: Mapped[str] = mapped_column(sa.Text)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    ended_at: Mapped[datetime | None] = moment()
