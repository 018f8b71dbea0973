"""A round and the seats that are given in it by hand, until its approval makes seats and holds money of them."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rounds.lifecycle import TRANSITIONS, UNDER_WAY, RoundAction, RoundStatus

_UNDER_WAY = ", ".join(f"'{status.value}'" for status in UNDER_WAY)


class Round(db.Model):
    """One sitting that gives seats of a session. `seed` decides by lot what all rules leave equal: it is drawn when the
    round is opened and never changes. `inputs` is what the round rested on when it was prepared: the order of the
    States, every estimate line by line, the cash; `outcome` what each State's request got when it was approved."""

    __tablename__ = "rounds"
    __event_subject__ = "round"
    __table_args__ = (
        enum_check("status", RoundStatus),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("status NOT IN ('prepared', 'approved') OR prepared_by_id IS NOT NULL", name="prepared_by"),
        sa.CheckConstraint("(status = 'approved') = (approved_by_id IS NOT NULL)", name="approved_by_somebody"),
        sa.CheckConstraint("approved_by_id <> prepared_by_id", name="two_persons"),
        sa.CheckConstraint("status <> 'dropped' OR reason IS NOT NULL", name="dropped_says_why"),
        sa.UniqueConstraint("session_id", "number", name="uq_rounds_number"),
        sa.Index(
            "uq_rounds_one_under_way",
            "session_id",
            unique=True,
            sqlite_where=sa.text(f"status IN ({_UNDER_WAY})"),
            postgresql_where=sa.text(f"status IN ({_UNDER_WAY})"),
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(sa.String(10), default=RoundStatus.OPEN.value)
    seed: Mapped[str] = mapped_column(sa.String(64))
    opened_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    opened_at: Mapped[datetime] = moment(default=now)
    prepared_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    prepared_at: Mapped[datetime | None] = moment()
    approved_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = moment()
    # Why it was sent back last, or dropped.
    reason: Mapped[str | None] = mapped_column(sa.Text)
    inputs: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)

    def apply(self, action: RoundAction, *, version: int | None, **facts: Any) -> None:
        """Move the round by `action`, writing `facts` in the same UPDATE; the only writer of `status`.

        Raises Conflict when the action does not lead on from here, Stale when somebody changed the round since
        `version` was seen (None: it was read in this transaction).
        """
        transition = TRANSITIONS[action]
        changed = update_where(
            Round,
            Round.id == self.id,
            Round.version == (self.version if version is None else version),
            Round.status.in_(transition.sources),
            status=transition.target.value,
            version=Round.version + 1,
            **facts,
        )
        db.session.refresh(self)
        if changed:
            return
        if self.status not in transition.sources:
            raise Conflict(lazy("This round has moved on: that is no longer possible."))
        raise Stale(lazy("Somebody changed this round while you had it open."))


class RoundSeat(db.Model):
    """One seat given by hand: to whom, and from which pledge. Where no pledge can pay it alone, the kinds of lines in
    `second_lines` (a space between them) come from a second one, the fare always from the first. `reason` says why the
    State was not the next of the published order. A seat that costs the fund nothing has no pledge."""

    __tablename__ = "round_seats"
    __table_args__ = (
        sa.CheckConstraint("(second_pledge_id IS NULL) = (second_lines IS NULL)", name="second_pledge_pays_lines"),
        sa.CheckConstraint("second_pledge_id <> pledge_id", name="two_pledges"),
        sa.CheckConstraint("pledge_id IS NOT NULL OR second_pledge_id IS NULL", name="first_pledge_first"),
        sa.UniqueConstraint("round_id", "delegate_id", name="uq_round_seats_person"),
        sa.Index("ix_round_seats_request", "request_id"),
    )

    id: Mapped[int] = pk()
    round_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("rounds.id"))
    request_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("assistance_requests.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    pledge_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    second_pledge_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("pledges.id"))
    second_lines: Mapped[str | None] = mapped_column(sa.String(80))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    given_by_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    given_at: Mapped[datetime] = moment(default=now)
