"""Sending a file to a browser, so that nothing in it can run there.

There is no address for files here: each capability has its own, loads what its actor may see, and calls `send`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from flask import Response, request, send_file

from tracker.files.csv_cells import csv_text
from tracker.files.kinds import KINDS
from tracker.files.models import File
from tracker.files.queries import open_file
from tracker.files.store import picture_of

SANDBOX = "sandbox; default-src 'none'"


AS_IT_CAME = "as_it_came"
"""What an address says that wants a photograph as it was sent, not as the JPEG that was made of it."""


def send(file: File) -> Response:
    """Return the file as an attachment that the browser neither sniffs, runs nor caches; of a photograph that browsers
    do not show the JPEG, where there is one and the address does not ask for the photograph itself."""
    picture = picture_of(file.stored_as) if file.kind == "heic" and file.erased_at is None else None
    if picture and AS_IT_CAME not in request.args and picture.exists() and (drawn := picture.read_bytes()):
        return send_made(drawn, "jpeg", f"{PurePath(file.name).stem}.jpg")
    with open_file(file) as stream:
        content = io.BytesIO(stream.read())
    response = send_file(
        content, mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False, max_age=None
    )
    response.content_type = file.media_type  # as it is: a mimetype would be given its charset once more
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def send_csv(rows: Iterable[Iterable[Any]], name: str) -> Response:
    """Return a table as an attachment for spreadsheets; no cell of it is run."""
    return send_csv_text(csv_text(rows), name)


def send_csv_text(text: str, name: str) -> Response:
    """The same of a table that is text already."""
    response = Response(text, content_type=KINDS["csv"].media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def send_made(content: bytes, kind: str, name: str) -> Response:
    """Return a file that was made just now and is kept nowhere as an attachment."""
    return _attached(content, KINDS[kind].media_type, name)


def send_zip(files: Mapping[str, bytes], name: str) -> Response:
    """Return files that were made just now, by their names, as one ZIP; kept nowhere either."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)
    return send_packed(packed.getvalue(), name)


def send_packed(content: bytes, name: str) -> Response:
    """Return a ZIP that was packed just now; kept nowhere either."""
    return _attached(content, "application/zip", name)


def _attached(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
