"""Whose typed text a browser may keep until the server has it: nobody's on a page about a confidential matter."""

import hashlib

from flask import Flask, current_app, g, has_request_context

from tracker.web.access import current_actor


def forbid() -> None:
    """Let the page that is being made keep no copy in the browser of what is typed into its forms."""
    if has_request_context():
        g.no_local_copies = True


def whose_copies() -> str:
    """A mark of the person for the names of such copies; empty where none may be kept."""
    person_id = current_actor().person_id
    if person_id is None or g.get("no_local_copies"):
        return ""
    return hashlib.sha256(f"{current_app.config['SECRET_KEY']}:{person_id}".encode()).hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Let forms ask."""
    app.jinja_env.globals["whose_copies"] = whose_copies
