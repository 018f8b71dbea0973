"""Seats of a session that are free after a round while people wait for one."""

from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest, Decision
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import SessionClosing
from tracker.reference.models import Session
from tracker.rounds.lifecycle import ELIGIBLE, RoundStatus
from tracker.rounds.models import Round

R = AssistanceRequest
_of_the_session = R.session_id == Session.id
_STANDING = (
    sa.select(sa.func.count(Seat.id))
    .join(R, R.id == Seat.request_id)
    .where(_of_the_session, ~Seat.given_back)
    .correlate(Session)
    .scalar_subquery()
)
_WAITING = (
    sa.select(sa.func.count(Delegate.id))
    .join(R, R.id == Delegate.request_id)
    .outerjoin(Decision, Decision.id == R.decision_id)
    .where(
        _of_the_session,
        R.status.in_(ELIGIBLE),
        sa.func.coalesce(Decision.before_rounds, False).is_(False),
        Delegate.status.in_(AWAITS_A_SEAT),
        Delegate.removed_at.is_(None),
        Delegate.alternate.is_(False),
    )
    .correlate(Session)
    .scalar_subquery()
)


def _gives_seats(day: date) -> sa.ColumnElement[bool]:
    """A round of the session was approved, it is not over, and its account is not closed."""
    approved = sa.exists().where(Round.session_id == Session.id, Round.status == RoundStatus.APPROVED)
    ahead = sa.or_(Session.ends_on.is_(None), Session.ends_on >= day)
    closed = sa.exists().where(SessionClosing.session_id == Session.id).correlate(Session)
    return sa.and_(approved.correlate(Session), ~closed, Session.status == "planned", ahead)


FREE = Session.seats_funded - _STANDING
WAITING = _WAITING
"""How many seats of a session are free, and how many nominees wait for one; for a session that `has_one`."""


def has_one(day: date) -> sa.ColumnElement[bool]:
    """Whether a session has a seat that is free while people wait, on a day: what a manager's figure counts and the
    page of rounds shows."""
    return sa.and_(_gives_seats(day), Session.seats_funded > _STANDING, _WAITING > 0)


def free_and_waiting(session_id: int) -> tuple[int, int]:
    """How many seats of a session are free after a round, and how many nominees wait for one; in one statement."""
    found = db.session.execute(
        sa.select(FREE, WAITING).where(Session.id == session_id, _gives_seats(today()))
    ).one_or_none()
    return (max(0, found[0]), found[1]) if found is not None else (0, 0)


@lru_cache(maxsize=2)
def sessions_with_one(day: date) -> sa.ScalarSelect[int]:
    """How many sessions have a seat that is free while people wait, on a day."""
    return sa.select(sa.func.count(Session.id)).where(has_one(day)).scalar_subquery()
