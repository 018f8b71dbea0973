"""Databases for tests: migrated once, copied for every test."""

from tracker.config import ROOT, Settings


def migrate(settings: Settings) -> None:
    """Bring the database that `settings` names to the newest schema (made from the models while none is written)."""
    from flask_migrate import upgrade

    from tracker import create_app
    from tracker.extensions import db

    with create_app(settings).app_context():
        if any((ROOT / "migrations" / "versions").glob("0*.py")):
            upgrade(directory=str(ROOT / "migrations"))
        else:
            db.create_all()
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
