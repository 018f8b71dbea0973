"""One row for each import that was carried out: the subject of its event, and what the page shows afterwards."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db


class ImportRun(db.Model):
    """A file that was imported: its name, its hash, how its rows ended."""

    __tablename__ = "import_runs"
    __event_subject__ = "import"
    __table_args__ = (enum_check("what", ("requests", "pledges")),)

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    what: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    at: Mapped[datetime] = moment(default=now)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
