"""A seat: for whom, and where it stands. Its lines are with the money that pays them."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import (
    BEARS,
    ENDED,
    GIVEN_BACK,
    TRANSITIONS,
    Bearer,
    Cause,
    SeatAction,
    SeatOrigin,
    SeatStatus,
)
from tracker.pledges.models import SeatLine

__all__ = ["Seat", "SeatLine"]

_ENDED = ", ".join(f"'{status.value}'" for status in ENDED)
_GIVEN_BACK = ", ".join(f"'{status.value}'" for status in GIVEN_BACK)
_OPEN = ", ".join(f"'{cause.value}'" for cause, bearer in BEARS.items() if bearer is None)


def _bears(bearer: Bearer) -> str:
    """A cause that leaves no choice names who bears the cost."""
    causes = ", ".join(f"'{cause.value}'" for cause, named in BEARS.items() if named is bearer)
    return f"cause IS NULL OR cause NOT IN ({causes}) OR (borne_by IS NOT NULL AND borne_by = '{bearer.value}')"


class Seat(db.Model):
    """One funded place of a State at the session of its request; `number` counts the seats of the request. Who sits in
    it may change, the money stays with the seat. `cause` says why nobody travels on it, `borne_by` who bears what was
    paid (None: the manager has not said it yet), `borne_why` why so where the cause leaves a choice. `given_back`: it
    ended before its journey, so that nobody used it and the session has its place again, also once it is settled."""

    __tablename__ = "seats"
    __event_subject__ = "seat"
    __table_args__ = (
        enum_check("status", SeatStatus),
        enum_check("origin", SeatOrigin),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint(f"(ended_at IS NOT NULL) = (status IN ({_ENDED}))", name="ended_has_moment"),
        sa.CheckConstraint(
            f"status = 'settled' OR given_back = (status IN ({_GIVEN_BACK}))", name="given_back_before_its_journey"
        ),
        sa.CheckConstraint(
            "NOT (given_back AND status = 'settled') OR cause IS NOT NULL", name="given_back_and_settled_has_cause"
        ),
        sa.CheckConstraint("status <> 'taken_back' OR reason IS NOT NULL", name="taken_back_says_why"),
        enum_check("cause", Cause),
        enum_check("borne_by", Bearer),
        sa.CheckConstraint(
            "cause IS NULL OR status IN ('cancelled', 'no_show', 'settled')", name="cause_of_no_journey"
        ),
        sa.CheckConstraint("status NOT IN ('cancelled', 'no_show') OR cause IS NOT NULL", name="no_journey_has_cause"),
        sa.CheckConstraint(
            "cause IS NULL OR cause IN ('no_reason', 'withdrawn') OR reason IS NOT NULL", name="cause_has_reason"
        ),
        sa.CheckConstraint("borne_by IS NULL OR cause IS NOT NULL", name="bearer_has_cause"),
        *(sa.CheckConstraint(_bears(bearer), name=f"{bearer.value}_bears") for bearer in Bearer),
        sa.CheckConstraint(
            f"borne_by IS NULL OR cause NOT IN ({_OPEN}) OR borne_why IS NOT NULL", name="choice_of_bearer_says_why"
        ),
        sa.UniqueConstraint("request_id", "number", name="uq_seats_number"),
        sa.Index(
            "uq_seats_one_for_a_person",
            "delegate_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_seats_status", "status", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    request_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("assistance_requests.id"))
    number: Mapped[int]
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    status: Mapped[str] = mapped_column(sa.String(12), default=SeatStatus.SELECTED.value)
    origin: Mapped[str] = mapped_column(sa.String(12))
    selected_at: Mapped[datetime] = moment(default=now)
    ended_at: Mapped[datetime | None] = moment()
    given_back: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    reason: Mapped[str | None] = mapped_column(sa.Text)
    cause: Mapped[str | None] = mapped_column(sa.String(16))
    borne_by: Mapped[str | None] = mapped_column(sa.String(8))
    borne_why: Mapped[str | None] = mapped_column(sa.Text)

    def apply(self, action: SeatAction, *, version: int | None, **facts: Any) -> None:
        """Move the seat by `action`, writing `facts` in the same UPDATE; the only writer of `status`.

        Raises Conflict when the action does not lead on from here, Stale when somebody changed the seat since
        `version` was seen (None: it was read in this transaction).
        """
        transition = TRANSITIONS[action]
        if transition.target in ENDED:
            facts["ended_at"] = self.ended_at or now()
        if transition.target in GIVEN_BACK:
            facts["given_back"] = True
        changed = update_where(
            Seat,
            Seat.id == self.id,
            Seat.version == (self.version if version is None else version),
            Seat.status.in_(transition.sources),
            status=transition.target.value,
            version=Seat.version + 1,
            **facts,
        )
        db.session.refresh(self)
        if changed:
            return
        if self.status not in transition.sources:
            raise Conflict(lazy("This seat has moved on: that is no longer possible."))
        raise Stale(lazy("Somebody changed this seat while you had it open."))
