"""Putting files into the store and taking them out.

The order is: temporary file, fsync, checks, row, rename. A crash leaves at most a file without a row, which the sweep
removes; never a row without its file. All of it happens inside the verb that the file belongs to.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

import sqlalchemy as sa

from tracker.database.transactions import after_commit, in_transaction
from tracker.extensions import db
from tracker.files import checks
from tracker.files.kinds import DOCUMENT_LIMIT, DOCUMENTS
from tracker.files.models import File
from tracker.files.store import folder, path_of, receive
from tracker.rights.actor import Actor

_ORPHAN_AGE = 3600
"""Seconds after which a file without a row can no longer belong to an open transaction."""


def put(
    upload: Any,
    *,
    actor: Actor,
    subject: Any = None,
    kinds: tuple[str, ...] = DOCUMENTS,
    limit: int = DOCUMENT_LIMIT,
    name: str | None = None,
) -> File:
    """Store an upload and return its row, flushed and with its id.

    `upload` is a werkzeug FileStorage or a binary stream (then `name` is needed); `subject` is the saved row that it
    belongs to. Must be called inside a verb. Raises Invalid for a kind that is not taken or content that does
    not fit its name, TooLarge beyond `limit` bytes, Unavailable when the disk refuses.
    """
    if not in_transaction():
        raise RuntimeError("a file was put outside a transaction")
    shown = checks.clean_name(name or getattr(upload, "filename", None))
    temporary, size, digest = receive(upload, limit)
    try:
        kind = checks.kind_of(temporary, shown, kinds)
        stored_as = uuid.uuid4().hex
        file = File(stored_as=stored_as, name=shown, kind=kind, size=size, sha256=digest, added_by_id=actor.person_id)
        if subject is not None:
            attach(file, subject)
        db.session.add(file)
        db.session.flush()
        target = path_of(stored_as)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return file


def attach(file: File, subject: Any) -> None:
    """Say which row a file belongs to; that row's capability decides who may read it."""
    file.subject_type = subject.__event_subject__
    file.subject_id = subject.id


def remove(file: File) -> None:
    """Delete a file: its row now, its content once the transaction has committed."""
    path = path_of(file.stored_as)
    db.session.delete(file)
    after_commit(lambda: path.unlink(missing_ok=True))


def sweep() -> int:
    """Remove contents without a row and temporary files, older than an hour; return how many went."""
    if not folder().is_dir():
        return 0
    before = time.time() - _ORPHAN_AGE
    old = {path.name: path for path in folder().glob("*/*") if path.is_file() and path.stat().st_mtime < before}
    names, removed = sorted(old), 0
    for start in range(0, len(names), 500):
        batch = names[start : start + 500]
        known = set(db.session.scalars(sa.select(File.stored_as).where(File.stored_as.in_(batch))))
        for name in batch:
            if name not in known:
                old[name].unlink(missing_ok=True)
                removed += 1
    return removed
