"""The reasons that people give for what they do to a request, kept for good in the words and language of each."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.assistance.lifecycle import REASONED
from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import enum_check, moment, pk
from tracker.extensions import db


@append_only
class GivenReason(db.Model):
    """Why somebody did one of the acts that need a reason. What stands on the request itself is the newest of its
    kind and goes with the status; this stays. `language` is not known of what was written before it was kept; `day` is
    the one that the act was about, where it was about one."""

    __tablename__ = "given_reasons"
    __table_args__ = (
        enum_check("action", REASONED),
        sa.CheckConstraint("length(trim(reason)) > 0", name="says_something"),
    )

    id: Mapped[int] = pk()
    # No cascade: with a reason on it a request is no longer a draft that may go.
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id"), index=True)
    action: Mapped[str] = mapped_column(sa.String(30))
    reason: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str | None] = mapped_column(sa.String(2))
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    given_at: Mapped[datetime] = moment(default=now)
    day: Mapped[date | None]
