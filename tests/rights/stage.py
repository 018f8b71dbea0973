"""The world of the matrix on a stage of its own, where acts are kept until everything is put back."""

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from tests.rights import probing, world
from tests.rights.presses import Press
from tests.rights.world import World
from tests.services.client import application
from tests.services.databases import PostgresqlDatabase, SqliteDatabase, close
from tests.services.memory import quick_folder
from tracker.extensions import db
from tracker.settings.configuration import Settings

UNSTEADY = {("web_sessions", "touched_at")}
"""Columns that every page may write."""
COUNTED = {"sign_in_attempts"}
"""Tables in which every try leaves a row, because the throttle counts tries."""


@dataclass
class Stage:
    """An application on a database of its own, of which a copy is kept beside the copy of its files."""

    app: Flask
    made: World
    database: Any
    files: Path
    kept: Path
    ids: dict[str, Any]

    def put_back(self) -> None:
        """Let everything be as it was in the beginning."""
        close(self.app)
        self.database.forget()
        self.database.reset()
        self.made.ids = dict(self.ids)
        shutil.rmtree(self.files, ignore_errors=True)
        shutil.copytree(self.kept, self.files)

    def prepare(self, press: Press) -> None:
        """What has to happen before the button is there."""
        if press.first is not None:
            press.first(self.made)
            db.session.rollback()

    def ask(self, persona: str, method: str, address: str, data: dict[str, Any] | None = None) -> probing.Answer:
        """Send one request as a persona."""
        return probing.ask(self.app, self.made, persona, method, address, data)

    def everything(self) -> dict[str, list[str]]:
        """Every row of every table."""
        connection = db.session.connection()
        found = {}
        for name, select in _selects().items():
            rows = connection.exec_driver_sql(select)
            found[name] = sorted(repr(tuple(row)) for row in rows)  # a Row itself would show long texts cut short
        db.session.rollback()
        return found

    def close(self) -> None:
        """Leave nothing behind."""
        close(self.app)
        self.database.drop()


@cache
def _selects() -> dict[str, str]:
    """A statement for each table; its rows are only compared, so they stay as the driver gives them."""
    kept = {
        table: [column for column in table.c if (table.name, column.name) not in UNSTEADY]
        for table in db.metadata.sorted_tables
        if table.name not in COUNTED
    }
    return {table.name: str(sa.select(*columns)) for table, columns in kept.items()}


def build(database: Any, settings: Settings, folder: Path) -> Stage:
    """Make the world in a copy of the migrated template, sign everybody in, and keep a copy of it all."""
    own = _beside(database)
    files = folder / "files"
    app = application(replace(own.settings(settings), files_dir=files))
    probing.without_tokens(app)
    with app.app_context():
        made = world.build()
        probing.sign_everybody_in(app, made)
    close(app)
    if isinstance(own, PostgresqlDatabase):
        own.server.create(own.template, template=own.name)
    else:
        shutil.copyfile(own.path, own.template)
    shutil.copytree(files, folder / "kept")
    return Stage(app, made, own, files, folder / "kept", dict(made.ids))


def _beside(database: Any) -> Any:
    """Another database, still empty, beside the one of the other tests."""
    if isinstance(database, PostgresqlDatabase):
        own = PostgresqlDatabase(database.server, f"{database.name}_pressed")
        own.server.create(own.name, template=database.template)
        return own
    own = SqliteDatabase(quick_folder())
    shutil.copyfile(database.template, own.path)
    return own
