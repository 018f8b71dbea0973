"""What a production process asks its database before it serves anybody."""

from flask import Flask
from sqlalchemy.exc import DBAPIError

from tracker.accounts import queries
from tracker.config import ConfigurationError
from tracker.extensions import db


def refuse_demonstration_accounts(app: Flask) -> None:
    """Raise ConfigurationError when production finds accounts that anybody may use, or cannot tell."""
    if not app.extensions["tracker_settings"].is_production:
        return
    with app.app_context():
        try:
            found = queries.demonstration_accounts_exist()
        except DBAPIError as problem:
            first = str(problem.orig).strip().splitlines()[0]
            raise ConfigurationError([f"The database cannot be asked ({first}): see `flask setup check`."]) from None
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    if found:
        raise ConfigurationError(
            ["This database holds demonstration accounts, which anybody may use: give production one of its own."]
        )
