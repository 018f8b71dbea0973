"""The texts of messages go with the papers of their person; that something was written, when and by whom, stays."""

import sqlalchemy as sa

from tracker.calendar.now import now, today
from tracker.calendar.working_days import day_of
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.papers.services.erasing import due_on
from tracker.participation.papers.services.one_by_one import erase_one_by_one, record_erased
from tracker.rights.actor import Actor

M = DelegateMessage


def erase_old_messages() -> int:
    """Erase what was written about everybody whose papers are due to go; gives of how many."""
    return erase_one_by_one(M, M.erased_at.is_(None), erase_messages)


@verb(events=None)
def erase_messages(delegate_id: int, *, actor: Actor) -> int:
    """Erase the texts about one person, once that is due; gives 1, or 0 where it is not."""
    last = db.session.scalar(sa.select(sa.func.max(M.written_at)).where(M.delegate_id == delegate_id))
    due = due_on(delegate_id, *([day_of(last)] if last else []))
    if due is None or due > today():
        return 0
    if not update_where(M, M.delegate_id == delegate_id, M.erased_at.is_(None), body=None, erased_at=now()):
        return 0
    record_erased("participation.messages_erased", delegate_id, actor=actor)
    return 1
