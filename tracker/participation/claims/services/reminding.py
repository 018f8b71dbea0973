"""A delegate is told once, when the journey is over, that a claim can be made: a mail with the link alone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.participation.claims.models import DelegateClaim
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.reference.models import Session
from tracker.rights.actor import Actor

OPENS = "participation.claim_opens"
TOO_LATE = timedelta(days=90)
"""How long after the journey nobody is told any more, where it was not done in time."""


def remind_of_claims() -> int:
    """Tell everybody whose last day at the place is over and who has claimed nothing; gives how many. Run by beat, safe
    to run twice."""
    wanted = {f"{OPENS}:{row.seat_id}:{row.delegate_id}": row.id for row in _over()}
    known = set(db.session.scalars(sa.select(Event.once_key).where(Event.once_key.in_(wanted))))
    db.session.rollback()
    return sum(_remind_once(key, link_id) for key, link_id in wanted.items() if key not in known)


def _over() -> Sequence[Any]:
    last_day = sa.func.coalesce(Delegate.leaves_on, Session.ends_on)
    mine = DelegateClaim.seat_id == Seat.id, DelegateClaim.delegate_id == Seat.delegate_id
    claimed = sa.exists().where(*mine).correlate(Seat)
    there = Seat.status.in_((SeatStatus.TICKETED, SeatStatus.TRAVELLED))
    lives = (
        DelegateLink.kind == "own",
        DelegateLink.ended_at.is_(None),
        DelegateLink.delegate_id == Seat.delegate_id,
        there,
    )
    return db.session.execute(
        sa.select(DelegateLink.id, DelegateLink.seat_id, DelegateLink.delegate_id)
        .join(Seat, Seat.id == DelegateLink.seat_id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(AssistanceRequest, AssistanceRequest.id == Seat.request_id)
        .join(Session, Session.id == AssistanceRequest.session_id)
        .where(*lives, last_day < today(), last_day > today() - TOO_LATE, ~claimed)
    ).all()


def _remind_once(key: str, link_id: int) -> int:
    try:
        _remind(key, link_id)
    except IntegrityError:  # another beat was quicker
        return 0
    return 1


@verb
def _remind(key: str, link_id: int) -> None:
    link = db.session.get_one(DelegateLink, link_id)
    record(OPENS, link, actor=Actor.system, once_key=key, delegate_id=link.delegate_id)
