"""One table for every act that one person proposes and another confirms, whatever it does."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.pledges.proposed_acts.lifecycle import ActName, ActStatus, Side


class ProposedAct(db.Model):
    """An act as it was proposed, with the answer once there is one. `subject` names what it is about in a short
    text, of which one act waits at a time; an act whose seat ends is dropped with it, by nobody. `payload` is what
    the kind needs to carry it out, as plain values. It moves money of one request, or what lies between one donor and
    the fund: then it names the pledge."""

    __tablename__ = "proposed_acts"
    __event_subject__ = "proposed_act"
    __table_args__ = (
        enum_check("kind", ActName),
        enum_check("status", ActStatus),
        sa.CheckConstraint(
            "(answered_at IS NOT NULL) = (status <> 'waiting')"
            " AND (answered_by_id IS NOT NULL) = (status NOT IN ('waiting', 'dropped'))",
            name="answered_once",
        ),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'refused') OR answered_by_id <> proposed_by_id", name="two_persons"
        ),
        sa.CheckConstraint("(request_id IS NULL) = (pledge_id IS NOT NULL)", name="about_a_request_or_a_pledge"),
        sa.CheckConstraint("status <> 'dropped' OR seat_id IS NOT NULL", name="dropped_with_a_seat"),
        sa.CheckConstraint("(answer IS NOT NULL) = (status = 'refused')", name="refused_says_why"),
        sa.Index(
            "uq_proposed_acts_one_waits",
            "kind",
            "subject",
            unique=True,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        ),
        sa.Index("ix_proposed_acts_status", "status", "id"),
        sa.Index("ix_proposed_acts_seat", "seat_id"),
        sa.Index("ix_proposed_acts_pledge", "pledge_id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject: Mapped[str] = mapped_column(sa.String(80))
    request_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("assistance_requests.id"))
    pledge_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    seat_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.String(12), default=ActStatus.WAITING.value)
    proposed_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = moment(default=now)
    answered_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = moment()
    answer: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def its_request_id(self) -> int:
        """The request, for kinds that are about one."""
        if self.request_id is None:
            raise ValueError("This act is about a pledge.")
        return self.request_id


class ActYes(db.Model):
    """The yes of one side to an act that needs both. The office says it with the amendment: reference, date and file.
    The donor says it by its signatory, or a dated letter on paper is its yes: then a manager filed it, and
    `signed_by` names who signed it."""

    __tablename__ = "act_yeses"
    __table_args__ = (
        enum_check("side", Side),
        sa.CheckConstraint(
            "(paper_reference IS NULL) = (paper_date IS NULL) AND (paper_reference IS NULL) = (paper_file_id IS NULL)",
            name="paper_is_whole",
        ),
        sa.CheckConstraint("side <> 'office' OR paper_reference IS NOT NULL", name="office_has_amendment"),
        sa.CheckConstraint(
            "side <> 'donor' OR (signed_by IS NULL) = (paper_reference IS NULL)", name="letter_says_who"
        ),
        sa.UniqueConstraint("act_id", "side"),
    )

    id: Mapped[int] = pk()
    act_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("proposed_acts.id"))
    side: Mapped[str] = mapped_column(sa.String(6))
    given_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    given_at: Mapped[datetime] = moment(default=now)
    paper_reference: Mapped[str | None] = mapped_column(sa.String(120))
    paper_date: Mapped[date | None]
    paper_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    signed_by: Mapped[str | None] = mapped_column(sa.String(200))
