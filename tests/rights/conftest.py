"""One world for a whole run of the matrix, in a database of its own beside that of the other tests."""

import shutil
from dataclasses import replace

import pytest

from tests.conftest import ENGINE
from tests.rights import probing, stage, world
from tests.services.client import application
from tests.services.databases import PostgresqlDatabase, SqliteDatabase, close
from tests.services.memory import quick_folder


@pytest.fixture(scope="session")
def matrix_app(database, base_settings, tmp_path_factory):
    """An application on a database of its own, copied from the migrated template."""
    folder = tmp_path_factory.mktemp("rights")
    if ENGINE == "postgresql":
        own = PostgresqlDatabase(database.server, f"{database.name}_rights")
        database.server.create(own.name, template=database.template)
    else:
        own = SqliteDatabase(quick_folder())
        shutil.copyfile(database.template, own.path)
    app = application(replace(own.settings(base_settings), files_dir=folder / "files"))
    yield app
    close(app)
    own.drop()


@pytest.fixture(scope="session")
def built_world(matrix_app):
    """The world, with everybody signed in."""
    with matrix_app.app_context():
        made = world.build()
        probing.sign_everybody_in(matrix_app, made)
    return made


@pytest.fixture(scope="session")
def scene(database, base_settings, tmp_path_factory):
    """The world of the matrix in a database of its own, to be put back before every press."""
    made = stage.build(database, base_settings, tmp_path_factory.mktemp("pressed"))
    yield made
    made.close()
