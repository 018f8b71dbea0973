"""What people sent and the tracker could not take yet: files that came when a session was gone."""

from flask import Flask

from tracker.typed import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Let forms whose session is gone hold their files, and throw away what nobody came back for."""
    from tracker.database.housekeeping import chore
    from tracker.typed import holding
    from tracker.web.kept_forms import doors

    doors.hold_files = holding.hold
    chore(holding.forget_held_files)
