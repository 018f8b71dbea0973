"""The one store of files: put, open, delete. Who may read a file is decided by the capability that it belongs to."""

from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, g, request

from tracker.files import models

__all__ = ["init_app", "models"]
log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Register the commands and the sweep, take files in pieces, and let each web request clean up after itself."""
    from tracker.database.housekeeping import chore
    from tracker.files.commands import files
    from tracker.files.pieces.views import bp
    from tracker.files.receiving import forget_what_was_left
    from tracker.files.services import sweep

    app.cli.add_command(files)
    chore(sweep)
    app.register_blueprint(bp)
    app.after_request(_let_go_of_what_was_taken)
    app.teardown_request(forget_what_was_left)


def _let_go_of_what_was_taken(answer: Any) -> Any:
    """What came in pieces waits no longer when the act of its form is done: the answer leads on."""
    from tracker.extensions import db
    from tracker.files.pieces.services import taken

    ids = g.get("came_in_pieces")
    if ids and request.method == "POST" and answer.status_code in (302, 303):
        try:
            taken(ids)
        except sa.exc.OperationalError:  # the act is done all the same; it goes after an hour
            db.session.rollback()
            log.warning("a file that was taken still waits", path=request.path)
    return answer
