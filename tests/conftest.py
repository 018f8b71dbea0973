"""What every test can ask for: an application on a fresh database, a client, a broker, a worker, a browser.

TRACKER_TEST_ENGINE chooses the database (sqlite or postgresql); `make test` runs the suite once with each. On
PostgreSQL what shows nothing of an engine is left out (tests/one_engine.py), unless TRACKER_TEST_WHOLE=1."""

import gc
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from tests.factories import keeping
from tests.files.samples import SMALL
from tests.one_engine import on_sqlite_only
from tests.services import network
from tests.services.client import COMPILED, application
from tests.services.databases import PostgresqlDatabase, SqliteDatabase
from tests.services.memory import quick_folder
from tests.services.postgresql import Server
from tracker.files.fields import UploadField
from tracker.files.services import put
from tracker.notifications.mailer import outbox
from tracker.settings.configuration import Settings
from tracker.setup import translations

ENGINE = os.environ.get("TRACKER_TEST_ENGINE", "sqlite")
WHOLE = os.environ.get("TRACKER_TEST_WHOLE") == "1"

# Every run tries the same examples, however busy the machine is; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("suite")

pytest_plugins = ["tests.services.fixtures", "tests.services.people"]


def pytest_configure(config):
    """Compile catalogues and start PostgreSQL once for the whole run; the processes of xdist inherit its address, and
    the folder for compiled templates."""
    if not hasattr(config, "workerinput"):
        translations.compile_stale()
        config.compiled = os.environ[COMPILED] = tempfile.mkdtemp(prefix="tracker-templates-")
    if ENGINE == "postgresql" and not hasattr(config, "workerinput") and "TEST_DATABASE_URL" not in os.environ:
        config.postgresql = Server.start()
        os.environ["TEST_DATABASE_URL"] = config.postgresql.url.render_as_string(hide_password=False)


def pytest_unconfigure(config):
    """Stop what this run started, and leave nothing behind."""
    if hasattr(config, "compiled"):
        shutil.rmtree(config.compiled, ignore_errors=True)
    if hasattr(config, "postgresql"):
        config.postgresql.stop()


def pytest_report_header():
    """Say which database this run uses."""
    left_out = "" if WHOLE or ENGINE == "sqlite" else " (without the tests of tests/one_engine.py)"
    return f"database: {ENGINE}{left_out}"


def pytest_collection_modifyitems(items):
    """Leave out, silently, what is about the other engine; the second engine leaves out what asks for no database and
    what shows nothing of an engine (tests/one_engine.py)."""
    for item in list(items):
        marker = item.get_closest_marker("engine")
        both = "database" in item.fixturenames and (WHOLE or not on_sqlite_only(item.path))
        wanted = marker.args[0] if marker else ENGINE if both else "sqlite"
        if wanted != ENGINE:
            items.remove(item)


def pytest_collection_finish():
    """Let the collector look at what tests make, not at the program again and again (as
    tracker/settings/serving.py does)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _everything_is_required() -> bool:
    return os.environ.get("CI") == "true" or os.environ.get("TRACKER_REQUIRE_ALL") == "1"


def _required(report):
    """The report, failed where it says that something was left out although nothing may be."""
    if report.skipped and _everything_is_required():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"Left out, and nothing may be: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI a test that is skipped, for whatever reason, has failed."""
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """So has a module that skips itself."""
    return _required((yield))


@pytest.fixture(scope="session")
def database(tmp_path_factory, worker_id):
    """The database of this test process, with its migrated template."""
    folder = tmp_path_factory.mktemp("database")
    if ENGINE == "postgresql":
        server = Server.named(os.environ["TEST_DATABASE_URL"])
        made = PostgresqlDatabase(server, f"tracker_test_{os.getpid()}_{worker_id}")
    else:
        made = SqliteDatabase(quick_folder())
    made.prepare(Settings.from_env({"DATA_DIR": str(folder)}))
    yield made
    made.drop()


@pytest.fixture(scope="session")
def base_settings(database, tmp_path_factory) -> Settings:
    """Settings of a demonstration installation with data folder, port and database of its own."""
    folder = tmp_path_factory.mktemp("data")
    port = network.free_port()
    settings = database.settings(Settings.from_env({"DATA_DIR": str(folder), "PORT": str(port), "RATE_LIMITS": "off"}))
    return replace(settings, base_url=f"http://localhost:{port}")


@pytest.fixture(scope="session")
def shared_application(base_settings):
    """The application, made once: what a test may change in it, `app` puts back."""
    return application(base_settings)


@pytest.fixture
def settings(base_settings) -> Settings:
    """The settings that `app` runs with."""
    return base_settings


@pytest.fixture
def app(shared_application, database, settings):
    """The application on a freshly migrated, empty database, without a file or a letter, inside its context."""
    database.leave(shared_application)
    database.reset()
    for kept in (settings.files_dir, outbox(settings)):
        shutil.rmtree(kept, ignore_errors=True)
    configuration = dict(shared_application.config)
    with shared_application.app_context():
        keeping.build_at(keeping.Place(database, shared_application, Path(settings.files_dir)))
        yield shared_application
        keeping.build_at(None)
    database.leave(shared_application)
    shared_application.config.clear()
    shared_application.config.update(configuration)


@pytest.fixture
def owner(app, settings):
    """A connection that owns the schema, as a migration does."""
    engine = sa.create_engine(settings.migration_database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def client(app):
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def small_files(monkeypatch):
    """The store takes a few bytes only, so that a file that is too large stays small."""
    for takes in (put, UploadField.__init__):
        monkeypatch.setitem(takes.__kwdefaults__, "limit", SMALL)
