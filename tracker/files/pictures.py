"""Photographs that browsers do not show: a worker has a JPEG made of each, which lies beside it.

The library that reads them (pillow-heif) is optional, and reads what strangers send: so a process of its own does it,
and none of the web's ever loads it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
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
AT_ONCE = 5
"""Of those that were left, so many in one go: a worker has other things to do."""
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
    left = [name for name in names if path_of(name).exists() and not picture_of(name).exists()]
    return sum(map(_draw, left[:AT_ONCE]))


def _draw(stored_as: str) -> bool:
    """There is an empty picture first, so that nobody tries again what cannot be drawn, or killed the worker."""
    try:
        picture_of(stored_as).touch(exist_ok=False)
    except FileExistsError:
        return False
    incoming = folder() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=incoming, delete=False) as made:
        drawn = Path(made.name)
    script = Path(__file__).with_name("drawing.py").resolve()
    command = [sys.executable, "-I", str(script), str(path_of(stored_as).resolve()), str(drawn.resolve())]
    bare = {"PATH": os.environ.get("PATH", os.defpath)}  # no secret is there to be read by what a stranger sent
    try:
        subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, env=bare)  # noqa: S603 - our names
    except subprocess.SubprocessError as reason:
        log.warning("a photograph cannot be drawn", stored_as=stored_as, reason=type(reason).__name__)
        drawn.unlink(missing_ok=True)
        return False
    drawn.replace(picture_of(stored_as))
    return True
