"""What every test can ask for: an application on a fresh database, a client, someone signed in."""

import os
import shutil
from dataclasses import replace

import pytest

from tracker.config import Settings

ENGINE = os.environ.get("TRACKER_TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session")
def base_settings(tmp_path_factory) -> Settings:
    """Settings of a demonstration installation whose data lies in a temporary folder."""
    folder = tmp_path_factory.mktemp("data")
    return Settings.from_env({"DATA_DIR": str(folder), "TRACKER_ENV": "demo"})


@pytest.fixture(scope="session")
def template_database(base_settings, tmp_path_factory):
    """A migrated SQLite file that every test gets its own copy of."""
    from tests.services.database import migrate

    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    migrate(replace(base_settings, database_url=f"sqlite:///{path}", migration_database_url=f"sqlite:///{path}"))
    return path


@pytest.fixture
def settings(base_settings, template_database, tmp_path) -> Settings:
    """Settings of this test's own installation: its own database, its own files."""
    path = tmp_path / "tracker.sqlite3"
    shutil.copyfile(template_database, path)
    url = f"sqlite:///{path}"
    return replace(
        base_settings, data_dir=tmp_path, files_dir=tmp_path / "files", database_url=url, migration_database_url=url
    )


@pytest.fixture
def app(settings):
    """The application of this test, inside its application context."""
    from tracker import create_app
    from tracker.extensions import db

    application = create_app(settings)
    application.testing = True
    with application.app_context():
        yield application
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app):
    """A browser without a person."""
    return app.test_client()
