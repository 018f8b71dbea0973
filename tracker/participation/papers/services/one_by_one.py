"""What the rooms of a journey share when they erase: one person at a time, and one event in the history."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import structlog

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor

log = structlog.get_logger()


def erase_one_by_one(rows: Any, there: sa.ColumnElement[bool], erase: Callable[..., int]) -> int:
    """Erase what is there in `rows`, a table with `delegate_id`, of everybody who sits in no seat that is open; gives
    of how many. `erase` looks whether it is due. What goes wrong with one person keeps nobody else's."""
    whose = rows.delegate_id
    sits = sa.exists().where(Seat.delegate_id == whose, Seat.ended_at.is_(None)).correlate(rows)
    found = db.session.scalars(sa.select(whose).where(there, ~sits).distinct().order_by(whose)).all()
    db.session.rollback()
    erased = 0
    for delegate_id in found:
        try:
            erased += erase(delegate_id, actor=Actor.system)
        except Exception:
            log.exception("nothing was erased", table=rows.__tablename__, delegate_id=delegate_id)
    return erased


def record_erased(event: str, delegate_id: int, *, actor: Actor) -> None:
    """Say in the history of their request that something of a person was erased."""
    request = db.session.scalars(
        sa.select(AssistanceRequest)
        .join(Delegate, Delegate.request_id == AssistanceRequest.id)
        .where(Delegate.id == delegate_id)
    ).one()
    events.record(event, request, actor=actor, delegate_ids=[delegate_id])
