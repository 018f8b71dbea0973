"""Installing: the schema, and a check of everything that an installation needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the migrations and the commands. Imported only here: the supervisor must start in an instant."""
    from flask_migrate import Migrate

    from tracker.config import ROOT
    from tracker.extensions import db
    from tracker.setup import models  # noqa: F401 - the table
    from tracker.setup.commands import setup

    Migrate(app, db, directory=str(ROOT / "migrations"))
    app.cli.add_command(setup)
