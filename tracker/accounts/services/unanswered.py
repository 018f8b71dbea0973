"""Requests for a first account that nobody answers: the office is reminded, then they go, for strangers wrote in them
about people whom nobody has asked."""

from datetime import timedelta

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import AccountRequest, AccountRequestPerson
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.rights.actor import Actor
from tracker.web.application import settings

REMINDED = timedelta(days=14)
"""How long before it goes whoever answers is reminded."""
_WAITS = AccountRequest.status == "waiting"


def _life() -> timedelta:
    return timedelta(days=settings().account_request_days)


@verb(events=None)
def remind_of_unanswered() -> int:
    """`accounts.account_unanswered`, once for each request that goes within two weeks; gives their number."""
    near = AccountRequest.asked_at <= now() - _life() + REMINDED
    key = sa.literal("accounts.account_unanswered:").concat(sa.cast(AccountRequest.id, sa.String))
    said = sa.exists().where(events.Event.once_key == key)
    waiting = db.session.scalars(sa.select(AccountRequest).where(_WAITS, near, ~said).order_by(AccountRequest.id)).all()
    for asked in waiting:
        name = "accounts.account_unanswered"
        events.record(name, asked, actor=Actor.system, once_key=f"{name}:{asked.id}")
    return len(waiting)


def forget_unanswered() -> int:
    """Let the requests go whose time is over, each with its people and the content of its scan; gives their number."""
    over = _WAITS, AccountRequest.asked_at <= now() - _life()
    return sum(_forget(asked_id) for asked_id in db.session.scalars(sa.select(AccountRequest.id).where(*over)).all())


@verb(events=None)
def _forget(asked_id: int) -> int:
    """One request; none when somebody answers it at this moment. That a State asked stays, and what its events are
    about: SQLite would give the id of a row that went to the next one."""
    emptied = {"office_name": "", "official_email": "", "note_reference": "", "token_hash": None}
    values = {"status": "lapsed", "checked_at": now(), "version": AccountRequest.version + 1}
    if not update_where(AccountRequest, AccountRequest.id == asked_id, _WAITS, **values, **emptied):
        return 0
    asked = db.session.get_one(AccountRequest, asked_id, populate_existing=True)
    events.record("accounts.account_lapsed", asked, actor=Actor.system)
    scan = db.session.get(File, asked.note_file_id) if asked.note_file_id is not None else None
    if scan is not None and scan.erased_at is None:
        files.erase(scan)
    delete_where(AccountRequestPerson, AccountRequestPerson.account_request_id == asked_id)
    return 1
