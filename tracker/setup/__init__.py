"""Installing: the schema, a check of everything that an installation needs, and whether it is well (/healthz)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the migrations and the commands. Imported only here: the supervisor must start in an instant."""
    from flask_migrate import Migrate

    from tracker.extensions import db
    from tracker.settings.configuration import ROOT
    from tracker.setup import blueprint, models  # noqa: F401 - the table
    from tracker.setup.commands import setup
    from tracker.web import finding_views

    Migrate(app, db, directory=str(ROOT / "migrations"))
    app.cli.add_command(setup)
    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
