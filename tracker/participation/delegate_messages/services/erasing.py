"""The texts of messages go with the papers of their person; that something was written, when and by whom, stays."""

from collections.abc import Sequence

import sqlalchemy as sa
import structlog

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.calendar.working_days import day_of
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.models import Delegate
from tracker.participation.papers.services.erasing import due_on
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor

M = DelegateMessage
log = structlog.get_logger()


def erase_old_messages() -> int:
    """Erase what was written about everybody whose papers are due to go; gives of how many. What goes wrong with one
    keeps nobody else's."""
    erased = 0
    for delegate_id in _not_erased():
        try:
            erased += erase_messages(delegate_id, actor=Actor.system)
        except Exception:
            log.exception("messages were not erased", delegate_id=delegate_id)
    return erased


@verb(events=None)
def erase_messages(delegate_id: int, *, actor: Actor) -> int:
    """Erase the texts about one person, once that is due; gives 1, or 0 where it is not."""
    last = db.session.scalar(sa.select(sa.func.max(M.written_at)).where(M.delegate_id == delegate_id))
    due = due_on(delegate_id, *([day_of(last)] if last else []))
    if due is None or due > today():
        return 0
    if not update_where(M, M.delegate_id == delegate_id, M.erased_at.is_(None), body=None, erased_at=now()):
        return 0
    request = db.session.scalars(
        sa.select(AssistanceRequest)
        .join(Delegate, Delegate.request_id == AssistanceRequest.id)
        .where(Delegate.id == delegate_id)
    ).one()
    events.record("participation.messages_erased", request, actor=actor, delegate_ids=[delegate_id])
    return 1


def _not_erased() -> Sequence[int]:
    """About whom texts are there who sits in no seat that is open."""
    sits = sa.exists().where(Seat.delegate_id == M.delegate_id, Seat.ended_at.is_(None)).correlate(M)
    texts = sa.select(M.delegate_id).where(M.erased_at.is_(None), ~sits).distinct().order_by(M.delegate_id)
    found = db.session.scalars(texts).all()
    db.session.rollback()
    return found
