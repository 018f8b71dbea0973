"""Where contents lie: FILES_DIR, a shared mount in production, with random names and nothing that people typed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from flask import current_app

from tracker.errors import TooLarge, Unavailable
from tracker.languages.marking import lazy

_CHUNK = 256 * 1024
INCOMING = "incoming"
"""The folder of what is being received."""

PICTURE = ".jpg"
"""What the name of a JPEG ends with that was made of another photograph and lies beside it."""


def folder() -> Path:
    """Return FILES_DIR of the running application."""
    return Path(current_app.extensions["tracker_settings"].files_dir)


def path_of(stored_as: str) -> Path:
    """Return where the content of a stored file lies."""
    return folder() / stored_as[:2] / stored_as


def picture_of(stored_as: str) -> Path:
    """Return where its JPEG lies, if it is a photograph that browsers do not show; empty where none could be made."""
    return path_of(stored_as).with_suffix(PICTURE)


def forget(stored_as: str) -> None:
    """Delete a content, with what was made of it."""
    for path in (path_of(stored_as), picture_of(stored_as)):
        path.unlink(missing_ok=True)


def receive(upload: Any, limit: int) -> tuple[Path, int, str]:
    """Write an upload into a temporary file and sync it; return its path, size and SHA-256.

    Raises TooLarge beyond `limit` bytes without reading on, Unavailable when the disk refuses.
    """
    stream = getattr(upload, "stream", upload)
    if stream.seekable():  # a verb that is tried again reads its upload again
        stream.seek(0)
    incoming = folder() / INCOMING
    digest, size = hashlib.sha256(), 0
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as temporary:
            path = Path(temporary.name)
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(lazy("The file is larger than %(size)d MB.", size=limit // 1024 // 1024))
                digest.update(chunk)
                temporary.write(chunk)
            temporary.flush()
            os.fsync(temporary.fileno())
    except TooLarge:
        path.unlink(missing_ok=True)
        raise
    except OSError as reason:
        raise Unavailable(lazy("The file could not be stored. Try again in a few minutes.")) from reason
    return path, size, digest.hexdigest()
