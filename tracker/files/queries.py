"""Reading files. Nothing here asks who may: the caller's capability has loaded a row that its actor may see."""

from __future__ import annotations

import uuid
from typing import Any, BinaryIO

import sqlalchemy as sa

from tracker.errors import NotFound, Unavailable
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.languages.marking import lazy


def get(public_id: uuid.UUID | str, *, subject: Any) -> File:
    """Return the file of this id that belongs to `subject`, a row the actor may see. Raises NotFound."""
    try:
        wanted = uuid.UUID(str(public_id))
    except ValueError:
        raise NotFound from None
    found = db.session.scalars(
        sa.select(File).where(
            File.public_id == wanted,
            File.subject_type == subject.__event_subject__,
            File.subject_id == subject.id,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def by_number(file_id: int) -> File:
    """The file whose number a row that the actor may see keeps. Raises NotFound."""
    found = db.session.get(File, file_id)
    if found is None:
        raise NotFound
    return found


def files_of(subject: Any) -> list[File]:
    """Return the files of a row, the oldest first."""
    statement = sa.select(File).where(File.subject_type == subject.__event_subject__, File.subject_id == subject.id)
    return list(db.session.scalars(statement.order_by(File.id)))


def open_file(file: File) -> BinaryIO:
    """Open the content for reading. Raises NotFound when it was erased, Unavailable when the disk does not give it."""
    if file.erased_at is not None:
        raise NotFound
    try:
        return path_of(file.stored_as).open("rb")
    except OSError as reason:
        raise Unavailable(lazy("The file cannot be read right now.")) from reason
