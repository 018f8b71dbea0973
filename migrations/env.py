"""How a migration runs. On SQLite an ALTER is a copy of the table, which with foreign keys on deletes child rows
by cascade and loses triggers without an error; hence foreign_keys=OFF before BEGIN, a check at the end, and the
guards put back from their one list."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError
from flask import current_app

from migrations import comparing, guards
from tracker import search
from tracker.extensions import db
from tracker.setup import revision

settings = current_app.extensions["tracker_settings"]


def migrate() -> None:
    """Run the wanted migrations in one transaction on a connection of their own."""
    engine = sa.create_engine(settings.migration_database_url, poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        take_transactions_over(engine)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            process_revision_directives=no_empty_revision,
            **comparing.OPTIONS,
        )
        with context.begin_transaction():
            refuse_what_is_not_known(connection)
            context.run_migrations()
            if not nothing_left(connection):
                search.install(connection)
                guards.install(connection, application_role=application_role())
            refuse_orphans(connection)
    engine.dispose()


def take_transactions_over(engine: sa.Engine) -> None:
    """Switch foreign keys off before BEGIN (inside a transaction SQLite ignores the wish) and begin as a writer.

    The file is turned to write-ahead logging here, where nobody else has it open: of processes that turn a new file
    at the same time SQLite refuses some without letting them wait.
    """

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=15000", "journal_mode=WAL", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def refuse_what_is_not_known(connection: sa.Connection) -> None:
    """Touch no database that stands at a revision of another program."""
    folder = Path(context.script.dir) / "versions"
    if sentence := revision.unknown(revision.of(connection), settings, folder=folder):
        raise CommandError(sentence)


def nothing_left(connection: sa.Connection) -> bool:
    """The schema was just taken down altogether."""
    return not sa.inspect(connection).has_table("events")


def refuse_orphans(connection: sa.Connection) -> None:
    """Undo everything when a row lost its parent."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"The migration leaves {len(orphans)} rows without their parent, first: {orphans[0]}")


def application_role() -> str | None:
    """The PostgreSQL role that the application uses, when it is another than the owner."""
    owner, application = sa.make_url(settings.migration_database_url), sa.make_url(settings.database_url)
    return application.username if application.username != owner.username else None


def no_empty_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no file when the models and the schema already agree."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives.clear()


migrate()
