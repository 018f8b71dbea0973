"""Fixtures for what surrounds the application: broker, worker, mail server, the running site, a browser."""

import os
import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.services import processes
from tests.services.broker import Broker
from tests.services.production import ProductionSet
from tests.services.smtp import SmtpSink
from tracker.extensions import celery

# The headless shell is Chromium without the windows that no test looks at; it needs two thirds of the time.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# It asks nobody but the site under test.
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def _broker(base_settings):
    broker = Broker(Path(tempfile.mkdtemp(prefix="tracker-broker-")), socket=base_settings.broker_socket).start()
    yield broker
    broker.kill()
    shutil.rmtree(broker.folder, ignore_errors=True)


@pytest.fixture
def broker(_broker, base_settings):
    """A real, empty broker where `app` sends its wake-ups."""
    if not _broker.answers():
        _broker.start()
    _broker.empty()
    celery.conf.broker_url = base_settings.broker_url
    yield _broker
    celery.conf.broker_url = None


@pytest.fixture
def smtp(shared_application, app, monkeypatch):
    """A mail server; the application's settings name it for the length of the test."""
    sink = SmtpSink().start()
    settings = replace(app.extensions["tracker_settings"], smtp_url=sink.url)
    monkeypatch.setitem(app.extensions, "tracker_settings", settings)
    yield sink
    sink.stop()


@pytest.fixture
def worker(app, broker, tmp_path):
    """A real worker process on this test's database, broker and (when the test asks for one first) mail server."""
    process = processes.worker(app.extensions["tracker_settings"], tmp_path / "worker.log")
    yield process
    process.kill()  # at once; what ends in order is tried where it matters


@pytest.fixture
def production_set(app, settings, tmp_path):
    """The production set on this test's database, prepared and not yet started (tests/services/production.py)."""
    prepared = ProductionSet.prepare(settings, tmp_path)
    yield prepared
    prepared.stop()


@pytest.fixture
def site(app, settings):
    """The application answering over HTTP at its own address, for a browser; gives the address."""
    server = make_server("127.0.0.1", settings.port, app, threaded=True)
    server.daemon_threads = True
    server.log_startup = lambda: None
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield settings.base_url
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser():
    """An installed Chromium; where nothing may be left out, as in CI, this skip is a failure (tests/conftest.py)."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("Chromium is not installed, so nothing was tried in a browser: install the package chromium.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_OPTIONS))
        yield opened
        opened.close()


@pytest.fixture
def page_of(app, browser, site, sign_in):
    """`page_of(someone)`: an empty page of a browser in which that person is signed in, nobody when None.

    Addresses are relative to the site; `language` is the browser's, other options are Playwright's.
    """
    contexts = []

    def open_page(someone=None, *, language="en-GB", **options):
        usual = {"locale": language, "timezone_id": "Europe/Vienna", "reduced_motion": "reduce"}
        context = browser.new_context(base_url=site, **{**usual, **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        if someone is not None:
            client, name = sign_in(app.test_client(), someone), app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": client.get_cookie(name).value, "url": site}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(page_of):
    """An empty page of a person who is not signed in."""
    return page_of()
