"""One database for each test process, brought back to the freshly migrated state before every test."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.services.postgresql import APPLICATION, OWNER, Server
from tracker.extensions import db
from tracker.settings.configuration import ROOT, Settings


def migrate(settings: Settings) -> None:
    """Bring the database that `settings` names to the newest schema."""
    from flask_migrate import upgrade

    from tracker import create_app

    app = create_app(settings)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    close(app)


def close(app) -> None:
    """Close every connection that the application's pool holds."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


class SqliteDatabase:
    """A file, copied from a migrated one; each copy is another file under the same name, so that nothing which still
    has the last one open is in the way of the next test."""

    def __init__(self, folder: Path):
        self.path = folder / "tracker.sqlite3"
        self.template = folder / "template.sqlite3"
        self.copies = 0

    def prepare(self, settings: Settings) -> None:
        """Migrate the template."""
        url = f"sqlite:///{self.template}"
        migrate(replace(settings, database_url=url, migration_database_url=url))

    def settings(self, settings: Settings) -> Settings:
        """The settings that name this database."""
        url = f"sqlite:///{self.path}"
        return replace(settings, database_url=url, migration_database_url=url)

    def leave(self, app: Any) -> None:
        """Close the application's connections: the name is about to be another file's."""
        close(app)

    def reset(self) -> None:
        """Start again from the template."""
        shutil.copyfile(self.template, self._another())

    def keep(self) -> Path:
        """Keep the rows as they are now, to be put back."""
        self.copies += 1
        kept = self.path.with_name(f"kept-{self.copies}.sqlite3")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        return kept

    def put_back(self, app: Any, kept: Path) -> None:
        """Start from rows that were kept."""
        self.leave(app)
        shutil.copyfile(kept, self._another())

    def bare(self) -> None:
        """Start from a file in which there is nothing yet, no table either."""
        self._another().touch()

    def _another(self) -> Path:
        """Where the next file is to lie; the database's name is its name already."""
        for last in self.path.parent.glob("copy-*"):
            last.unlink()
        self.copies += 1
        copy = self.path.with_name(f"copy-{self.copies}.sqlite3")
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(copy)
        return copy

    def forget(self) -> None:
        """Nothing to do: every test begins with a copy."""

    def drop(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


@dataclass(frozen=True)
class Rows:
    """The rows of the tables that hold some, as COPY writes them, and the last id of each sequence that gave one."""

    tables: dict[str, bytes]
    next_ids: list[Any]


class PostgresqlDatabase:
    """A database made from a migrated template, reached by the application's own role."""

    def __init__(self, server: Server, name: str):
        self.server, self.name, self.template = server, name, f"{name}_template"
        self.copied = False
        # Stays open from test to test: a new one would have to learn about every table again.
        self.emptying: psycopg.Connection[Any] | None = None
        self.filled = sql.Composed([])
        self.left: set[Any] = set()

    def prepare(self, settings: Settings) -> None:
        """Make the roles and the migrated template."""
        self.server.create_roles()
        self.server.create(self.template)
        migrate(self._naming(settings, self.template))

    def settings(self, settings: Settings) -> Settings:
        """The settings that name this database."""
        return self._naming(settings, self.name)

    def _naming(self, settings: Settings, database: str) -> Settings:
        return replace(
            settings,
            database_url=self.server.url_for(database, APPLICATION),
            migration_database_url=self.server.url_for(database, OWNER),
            web_processes=2,
        )

    def leave(self, app: Any) -> None:
        """End the application's session and keep its connections, which know the tables already. One that breaks with
        the database is replaced when it is taken from the pool, as in production."""
        with app.app_context():
            db.session.remove()
        self.left.add(app)

    def reset(self) -> None:
        """Start again: copy the template once, later only empty what was filled, which is ten times faster."""
        if not self.copied:
            self.server.create(self.name, template=self.template)
            self.copied = True
            return
        connection = self._beside()
        filled = [name for (name,) in connection.execute(self.filled)]
        if filled:
            connection.execute(sql.SQL("; ").join(map(_empty, filled)))

    def _beside(self) -> psycopg.Connection[Any]:
        """The connection that empties and fills, past the guards."""
        if self.emptying is None:
            self.emptying = self.server.connect(self.name)
            self.emptying.execute(IGNORE_GUARDS)
            self.filled = _filled(self.emptying)
        return self.emptying

    def keep(self) -> Rows:
        """Keep the rows as they are now, to be put back: by table, with the next id of each."""
        connection = self._beside()
        tables = [name for (name,) in connection.execute(self.filled)]
        rows = {name: _copied(connection, name) for name in tables}
        return Rows(rows, connection.execute(NEXT_IDS).fetchall())

    def put_back(self, app: Any, kept: Rows) -> None:
        """Start from rows that were kept."""
        self.leave(app)
        self.reset()
        connection = self._beside()
        for name, rows in kept.tables.items():
            with (
                connection.cursor() as cursor,
                cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as into,
            ):
                into.write(rows)
        for name, number in kept.next_ids:
            connection.execute("SELECT setval(%s::regclass, %s)", (name, number))

    def forget(self) -> None:
        """Copy the template again before the next test, because this one changes the schema."""
        self.copied = False
        if self.emptying is not None:
            self.emptying.close()
            self.emptying = None

    def bare(self) -> None:
        """Start from a database in which there is nothing yet, no table either; the next test has a copy again."""
        self.forget()
        self.server.create(self.name)

    def drop(self) -> None:
        """Close what was kept open, and remove both databases, for a server that outlives the run."""
        for app in self.left:
            close(app)
        self.forget()
        with self.server.superuser() as connection:
            for name in (self.name, self.template):
                self.server.drop(name, connection)


NEXT_IDS = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"
IGNORE_GUARDS = "SET session_replication_role = replica"


def _filled(connection: psycopg.Connection[Any]) -> sql.Composed:
    """A statement that names the tables which hold rows."""
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})")
    names = sorted(name for (name,) in tables if name != "alembic_version")
    return sql.SQL(" UNION ALL ").join(one.format(sql.Literal(name), sql.Identifier(name)) for name in names)


def _copied(connection: psycopg.Connection[Any], table: str) -> bytes:
    """The rows of a table as COPY writes them."""
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as rows:
        return b"".join(bytes(part) for part in rows)


def _empty(table: str) -> sql.Composed:
    """Delete every row of `table` and let its ids begin at 1 again."""
    sequence = sql.SQL("SELECT setval(pg_get_serial_sequence({0}, attname), 1, false) FROM pg_attribute").format(
        sql.Literal(table)
    )
    where = sql.SQL(
        "WHERE attrelid = {0}::regclass AND attnum > 0 AND NOT attisdropped"
        " AND pg_get_serial_sequence({0}, attname) IS NOT NULL"
    ).format(sql.Literal(table))
    return sql.SQL("DELETE FROM {}; {} {}").format(sql.Identifier(table), sequence, where)
