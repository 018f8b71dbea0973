"""What a demonstration says on answers that are no pages: files carry it in their name, robots read it in a header."""

import re

from flask import Flask, Response

from tracker.web.application import settings

MARK = "demonstration-"
_NAMES = re.compile(r"(filename=\"?|filename\*=UTF-8'')")


def label(response: Response) -> Response:
    """Mark an answer of a demonstration."""
    if not settings().is_demo:
        return response
    response.headers["X-Robots-Tag"] = "noindex"
    sent = response.headers.get("Content-Disposition", "")
    if sent.startswith("attachment"):
        response.headers["Content-Disposition"] = _NAMES.sub(rf"\g<1>{MARK}", sent)
    return response


def init_app(app: Flask) -> None:
    app.after_request(label)
