"""What a process says of its database: production asks it before it serves anybody, a command when it is gone."""

import sys
from types import TracebackType

from flask import Flask
from sqlalchemy.exc import DBAPIError, OperationalError

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
            raise ConfigurationError([cannot_be_asked(problem)]) from None
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    if found:
        raise ConfigurationError(
            ["This database holds demonstration accounts, which anybody may use: give production one of its own."]
        )


# What an operator does about PostgreSQL's answers (SQLSTATE); anything else that is in its way is looked into.
ADVICE = {
    "42P01": "run `flask db upgrade`",
    "42501": "MIGRATION_DATABASE_URL must name the owner of the tables, DATABASE_URL the application's role",
}


def cannot_be_asked(problem: DBAPIError) -> str:
    """One sentence for an operator."""
    first = str(problem.orig).strip().splitlines()[0]
    state = "42P01" if first.startswith("no such table") else getattr(problem.orig, "sqlstate", None)
    return f"The database cannot be asked ({first}): {ADVICE.get(state or '', 'see `flask setup check`')}."


def end_a_command(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """For sys.excepthook: a command whose database is gone, empty or closed to it ends with that sentence;
    anything else shows its trace."""
    if isinstance(problem, OperationalError) or (
        isinstance(problem, DBAPIError) and getattr(problem.orig, "sqlstate", None) in ADVICE
    ):
        sys.stderr.write(f"{cannot_be_asked(problem)}\n")
    else:
        sys.__excepthook__(kind, problem, trace)
