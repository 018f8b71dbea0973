"""Taking an upload in before anything is decided on it: written to the disk, hashed and checked while no transaction is
open, so that a slow disk or a large file keeps nobody else from writing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import g, has_request_context

from tracker.database.transactions import in_transaction
from tracker.files import checks
from tracker.files.kinds import DOCUMENT_LIMIT, DOCUMENTS
from tracker.files.store import path_of
from tracker.files.store import receive as write_down


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that was written down, hashed and found to be what its name says; the store does not have it yet."""

    path: Path
    filename: str
    kind: str
    size: int
    sha256: str
    stored_as: str = field(default_factory=lambda: uuid.uuid4().hex)

    def move_into_store(self) -> None:
        """Give it its place. A verb that is tried again after a deadlock finds it there."""
        target = path_of(self.stored_as)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(target)

    def forget(self) -> None:
        """Delete it where the store did not get it."""
        self.path.unlink(missing_ok=True)


def receive(
    upload: Any, *, name: str | None = None, kinds: tuple[str, ...] = DOCUMENTS, limit: int = DOCUMENT_LIMIT
) -> Received:
    """Take an upload in: a werkzeug FileStorage, or a binary stream with its `name`.

    Raises Invalid for a kind that is not among `kinds` or content that does not fit the name, TooLarge beyond `limit`
    bytes, Unavailable when the disk refuses.
    """
    if has_request_context() and in_transaction():
        raise RuntimeError("an upload came into a transaction: its form has no UploadField")
    shown = checks.clean_name(name or getattr(upload, "filename", None))
    path, size, digest = write_down(upload, limit)
    try:
        received = Received(path, shown, checks.kind_of(path, shown, kinds), size, digest)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if has_request_context():
        g.setdefault("received_files", []).append(received)
    return received


def forget_what_was_left(_error: BaseException | None = None) -> None:
    """The teardown of a web request: what no act took is deleted."""
    for received in g.pop("received_files", ()):
        received.forget()
