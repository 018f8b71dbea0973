"""Checks of the database before a process serves anybody, and the sentence of a command whose database is gone."""

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError, OperationalError

from tracker.accounts import queries
from tracker.extensions import db
from tracker.settings.configuration import ConfigurationError
from tracker.setup import revision


def refuse_what_must_not_be_served(app: Flask) -> None:
    """Raise ConfigurationError when a site, a worker or a beat must not begin on the database that is there."""
    refuse_another_revision(app)
    refuse_demonstration_accounts(app)


def refuse_another_revision(app: Flask) -> None:
    """Raise ConfigurationError when the database is not at this program's revision. When it cannot be asked only
    production stops: a demonstration shows on its pages that the database is away."""
    settings = app.extensions["tracker_settings"]
    with app.app_context(), _asking_once():
        try:
            sentence = revision.not_served(revision.of(db.session.connection()), settings)
        except DBAPIError as problem:
            sentence = cannot_be_asked(problem) if settings.is_production else None
    if sentence:
        raise ConfigurationError([sentence])


MENDING = ("db", "setup")
"""Commands that look at a database of any revision, or bring it forward."""


def ask_before_commands(app: Flask) -> None:
    """Have every other command of ours end with the sentence when the database is of another revision."""
    for name, command in app.cli.commands.items():
        if name not in MENDING:
            command.invoke = _asked_first(app, command.invoke)  # type: ignore[method-assign,assignment]  # of this process


def _asked_first(app: Flask, invoke: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def asked(context: Any) -> Any:
        try:
            refuse_another_revision(app)
        except ConfigurationError as problem:
            raise SystemExit(str(problem)) from None
        return invoke(context)

    return asked


@contextmanager
def _asking_once() -> Iterator[None]:
    """Leave no connection open behind what is asked here: the processes that serve are forked from this one."""
    try:
        yield
    finally:
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def close_at_exit(app: Flask) -> None:
    """Have this process close its connections when it ends: the last one to close a SQLite database empties its
    write-ahead log."""
    atexit.register(close, app)


def close(app: Flask) -> None:
    """Close every connection to the database that this process keeps open."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def refuse_demonstration_accounts(app: Flask) -> None:
    """Raise ConfigurationError when production finds accounts that anybody may use, or cannot tell."""
    if not app.extensions["tracker_settings"].is_production:
        return
    with app.app_context(), _asking_once():
        try:
            found = queries.demonstration_accounts_exist()
        except DBAPIError as problem:
            raise ConfigurationError([cannot_be_asked(problem)]) from None
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
