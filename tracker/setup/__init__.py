"""Installing: the schema, and a check of everything that an installation needs."""

from flask import Flask
from flask_migrate import Migrate

from tracker.config import ROOT
from tracker.extensions import db

migrations = Migrate(db=db, directory=str(ROOT / "migrations"))


def init_app(app: Flask) -> None:
    """Bind the migrations."""
    migrations.init_app(app)
