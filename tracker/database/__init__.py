"""The database: columns, transactions, verbs, both engines; the only commit of the project is in `transactions`."""

from typing import Any

from tracker.database.engines import install_engine_events
from tracker.extensions import db


def init_app(app: Any) -> None:
    """Bind the engine, with our own begin, to the application."""
    db.init_app(app)
    with app.app_context():
        install_engine_events(db.engine)
