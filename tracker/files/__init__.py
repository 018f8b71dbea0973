"""The one store of files: put, open, delete. Who may read a file is decided by the capability that it belongs to."""

from flask import Flask

from tracker.files import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the commands and the sweep, and let each web request clean up after itself."""
    from tracker.database.housekeeping import chore
    from tracker.files.commands import files
    from tracker.files.receiving import forget_what_was_left
    from tracker.files.services import sweep

    app.cli.add_command(files)
    chore(sweep)
    app.teardown_request(forget_what_was_left)
