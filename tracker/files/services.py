"""Putting files into the store and taking them out.

The order is: temporary file, fsync, checks (`receiving`, before the verb begins); row, rename (inside the verb that the
file belongs to). A crash leaves at most a file without a row, which the sweep takes out; never a row without its file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import after_commit, in_transaction, update_where
from tracker.database.wake_ups import wake
from tracker.extensions import db
from tracker.files import checks
from tracker.files.kinds import DOCUMENT_LIMIT, DOCUMENTS
from tracker.files.models import File
from tracker.files.receiving import Received, receive
from tracker.files.store import INCOMING, PICTURE, folder, forget
from tracker.rights.actor import Actor

_ORPHAN_AGE = 3600
"""Seconds after which a file without a row can no longer belong to an open transaction."""
_LOST_FOR = 30 * 24 * 3600
"""Seconds for which what was set aside can still be put back."""
LOST = "lost"
"""The folder of contents that no row names."""


def put(
    upload: Any,
    *,
    actor: Actor,
    subject: Any = None,
    kinds: tuple[str, ...] = DOCUMENTS,
    limit: int = DOCUMENT_LIMIT,
    name: str | None = None,
    handed_in: bool = True,
) -> File:
    """Store an upload and return its row, flushed and with its id.

    `upload` was received by the field of its form (`fields.UploadField`); what does not come from a browser (a report
    of our own, a file at the console) may be a FileStorage or a binary stream with its `name`, and is received here.
    `subject` is the saved row that it belongs to. It counts as handed in at once, unless `handed_in` says no: what is
    part of a draft is handed in later (`hand_in`). Must be called inside a verb. Raises what `receive` raises.
    """
    if not in_transaction():
        raise RuntimeError("a file was put outside a transaction")
    received = upload if isinstance(upload, Received) else receive(upload, name=name, kinds=kinds, limit=limit)
    checks.refuse_unless(received.kind, kinds)
    try:
        file = File(
            stored_as=received.stored_as,
            name=received.filename,
            kind=received.kind,
            size=received.size,
            sha256=received.sha256,
            added_by_id=actor.person_id,
            handed_in_at=now() if handed_in else None,
        )
        if subject is not None:
            attach(file, subject)
        db.session.add(file)
        db.session.flush()
        received.move_into_store()
        if file.kind == "heic":
            wake("files.draw", file.id)
    except BaseException:
        if received is not upload:
            received.forget()
        raise
    return file


def attach(file: File, subject: Any) -> None:
    """Say which row a file belongs to; that row's capability decides who may read it."""
    file.subject_type = subject.__event_subject__
    file.subject_id = subject.id


def hand_in(file_ids: Collection[int]) -> None:
    """Let files of a draft count as handed in from now on; those that do already stay as they are."""
    if file_ids:
        update_where(File, File.id.in_(file_ids), File.handed_in_at.is_(None), handed_in_at=now())


def remove(file: File) -> None:
    """Delete a file of a draft: its row now, its content once the transaction has committed."""
    if file.handed_in_at is not None:
        raise RuntimeError("a file that was handed in is not removed: strike it out, or let two persons erase it")
    stored_as = file.stored_as
    db.session.delete(file)
    after_commit(lambda: forget(stored_as))


def erase(file: File) -> None:
    """Let the content of a file go once the transaction has committed; its row stays, with name and hash."""
    stored_as = file.stored_as
    file.erased_at = now()
    after_commit(lambda: forget(stored_as))


def sweep() -> int:
    """Take out of the store what no row names, an hour old or more; return how many contents that were.

    What was being received or was erased goes at once. A content without a row may be all that is left of something
    handed in, where an older database was put back: it is set aside and goes a month later.
    """
    before = time.time() - _ORPHAN_AGE
    old = [path for path in folder().glob("*/*") if path.is_file() and path.stat().st_mtime < before]
    stored = {path.name: path for path in old if path.parent.name not in (INCOMING, LOST)}
    pictures = {name: stored.pop(name) for name in list(stored) if name.endswith(PICTURE)}
    taken_out = [path for path in old if path.parent.name == INCOMING]
    taken_out += [path for path in old if path.parent.name == LOST and path.stat().st_mtime < before - _LOST_FOR]
    known = _erased_by_name(sorted(stored))
    taken_out += [stored[name] for name, erased in known.items() if erased]
    taken_out += [path for name, path in pictures.items() if known.get(name.removesuffix(PICTURE), True)]
    for path in taken_out:
        path.unlink(missing_ok=True)
    lost = [path for name, path in stored.items() if name not in known]
    for path in lost:
        _set_aside(path)
    return len(taken_out) + len(lost)


def _erased_by_name(names: list[str]) -> dict[str, bool]:
    """Which of the contents have a row, and whether they were erased."""
    found: dict[str, bool] = {}
    for start in range(0, len(names), 500):
        rows = sa.select(File.stored_as, File.erased_at).where(File.stored_as.in_(names[start : start + 500]))
        found |= {name: erased_at is not None for name, erased_at in db.session.execute(rows)}
    return found


def _set_aside(path: Path) -> None:
    target = folder() / LOST / path.name
    target.parent.mkdir(exist_ok=True)
    os.utime(path)
    path.replace(target)
