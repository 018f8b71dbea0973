"""Files that came with a form whose session was gone: they wait an hour for the person whose session it was, and are
given to nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import after_commit
from tracker.database.verbs import verb
from tracker.errors import TooLarge, Unavailable
from tracker.extensions import db
from tracker.files.checks import clean_name
from tracker.files.store import path_of, receive
from tracker.typed.models import HeldFile

HELD_FOR = timedelta(hours=1)
MOST_BYTES = 48 * 1024 * 1024
MOST_FILES = 40
"""What may wait for one person at a time."""
MOST_IN_ALL = 2 * 1024 * 1024 * 1024
"""Bytes that may wait for all of them together, so that nobody fills the disk by sending without a session."""


def hold(uploads: Sequence[tuple[str, Any]], person_id: int) -> tuple[str, ...]:
    """Keep the files (field, upload) for that person, all or none; gives their ids. None where they would be more than
    may wait for one person, or where the disk refuses: they have to be chosen again."""
    received = []
    try:
        for field, upload in uploads:
            path, size, _digest = receive(upload, MOST_BYTES)
            received.append((path, HeldFile.of(field, upload, size, person_id, name=clean_name(upload.filename))))
        return _keep(received, person_id)
    except (TooLarge, Unavailable):
        return ()
    finally:
        for path, _file in received:
            path.unlink(missing_ok=True)


@verb(events=0)
def _keep(received: list[tuple[Any, HeldFile]], person_id: int) -> tuple[str, ...]:
    waiting = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(HeldFile.size), 0)).where(_waiting(person_id))
    ).one()
    size = int(waiting[1]) + sum(file.size for _path, file in received)
    in_all = int(db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(HeldFile.size), 0))) or 0)
    too_much = size > MOST_BYTES or in_all + sum(file.size for _path, file in received) > MOST_IN_ALL
    if waiting[0] + len(received) > MOST_FILES or too_much:
        raise TooLarge
    db.session.add_all(file for _path, file in received)
    db.session.flush()
    for path, file in received:
        target = path_of(file.stored_as)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    return tuple(str(file.public_id) for _path, file in received)


def waiting_for(person_id: int, public_ids: Iterable[str]) -> list[HeldFile]:
    """Those of the files that wait for this person, in the order in which they came."""
    ids = [uuid.UUID(public_id) for public_id in public_ids]
    mine = sa.select(HeldFile).where(_waiting(person_id), HeldFile.public_id.in_(ids)).order_by(HeldFile.id)
    return [file for file in db.session.scalars(mine) if path_of(file.stored_as).exists()]


@verb(events=0)
def release(person_id: int, public_ids: Iterable[str]) -> int:
    """Forget files that have been sent; gives their number."""
    return _forget(HeldFile.person_id == person_id, HeldFile.public_id.in_([uuid.UUID(one) for one in public_ids]))


@verb(events=0)
def forget_held_files() -> int:
    """Delete what has waited for more than an hour; gives the number of files."""
    return _forget(HeldFile.held_at <= now() - HELD_FOR)


def _waiting(person_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(HeldFile.person_id == person_id, HeldFile.held_at > now() - HELD_FOR)


def _forget(*conditions: sa.ColumnElement[bool]) -> int:
    gone = db.session.execute(sa.delete(HeldFile).where(*conditions).returning(HeldFile.stored_as)).scalars().all()
    paths = [path_of(stored_as) for stored_as in gone]

    def unlink() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    after_commit(unlink)
    return len(gone)
