"""Sending a file to a browser, so that nothing in it can run there.

There is no address for files here: each capability has its own, loads what its actor may see, and calls `send`.
"""

from __future__ import annotations

import io

from flask import Response, send_file

from tracker.files.models import File
from tracker.files.queries import open_file

SANDBOX = "sandbox; default-src 'none'"


def send(file: File) -> Response:
    """Return the file as an attachment that the browser neither sniffs, runs nor caches."""
    with open_file(file) as stream:
        content = io.BytesIO(stream.read())
    response = send_file(
        content, mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False, max_age=None
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
