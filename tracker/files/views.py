"""Sending a file to a browser, so that nothing in it can run there.

There is no address for files here: each capability has its own, loads what its actor may see, and calls `send`.
"""

from __future__ import annotations

from flask import Response, send_file

from tracker.files.models import File
from tracker.files.queries import open_file

SANDBOX = "sandbox; default-src 'none'"


def send(file: File) -> Response:
    """Return the file as an attachment that the browser neither sniffs, runs nor caches."""
    response = send_file(
        open_file(file), mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.content_length = file.size
    return response
