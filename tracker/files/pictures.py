"""Photographs that browsers do not show: a worker has a JPEG made of each, which lies beside it.

The library that reads them (pillow-heif) is optional, and reads what strangers send: so a process of its own does it,
and none of the web's ever loads it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from importlib.util import find_spec
from tempfile import NamedTemporaryFile

import sqlalchemy as sa
import structlog

from tracker.calendar.now import now
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import INCOMING, folder, path_of, picture_of

READER = "pillow_heif"
LOOKED_AFTER = timedelta(days=7)
"""For so long a photograph is looked at again whose wake-up was lost, or that came before the reader was there."""
SECONDS = 60
log = structlog.get_logger()


def can_draw() -> bool:
    """Whether the reader is installed here; it is not loaded."""
    return find_spec(READER) is not None


def draw(file_id: int | None = None) -> int:
    """Make the JPEG of this photograph, or of all lately added that have none; gives how many were made."""
    if not can_draw():
        return 0
    wanted = sa.select(File.stored_as).where(File.kind == "heic", File.erased_at.is_(None))
    narrowed = File.added_at > now() - LOOKED_AFTER if file_id is None else File.id == file_id
    names = db.session.scalars(wanted.where(narrowed)).all()
    db.session.rollback()
    return sum(_draw(name) for name in names if path_of(name).exists() and not picture_of(name).exists())


def _draw(stored_as: str) -> bool:
    """What cannot be drawn gets an empty picture, so that nobody tries again."""
    incoming = folder() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=incoming, delete=False) as made:
        command = [sys.executable, "-m", "tracker.files.drawing", str(path_of(stored_as)), made.name]
        try:
            subprocess.run(command, check=True, timeout=SECONDS, capture_output=True)  # noqa: S603 - names of our own
            drawn = True
        except subprocess.SubprocessError as reason:
            log.warning("a photograph cannot be drawn", stored_as=stored_as, reason=type(reason).__name__)
            made.truncate(0)
            drawn = False
    folder().joinpath(INCOMING, made.name).replace(picture_of(stored_as))
    return drawn
