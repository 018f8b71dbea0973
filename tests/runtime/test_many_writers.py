"""The site under gunicorn while a writer is held up: pages are read; who cannot save is told so and loses nothing."""

import http.client
import re
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.services import processes
from tests.services.people import sign_in
from tracker.accounts.models import WebSession
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db

WRITERS, INSIDE = 9, 4
"""For each process of the site: how many try to write, and how many of its eight threads may."""


@pytest.fixture
def port(app, settings, tmp_path):
    process = processes.web(app.extensions["tracker_settings"], tmp_path / "web.log")
    yield urlsplit(settings.base_url).port
    process.kill()


@contextmanager
def a_writer_is_held_up():
    """Nobody can write a try to sign in meanwhile, nor a session."""
    with db.engine.connect().execution_options(write=True) as connection, connection.begin() as begun:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE sign_in_attempts, web_sessions IN SHARE ROW EXCLUSIVE MODE")
        yield
        begun.rollback()


def ask(port, method, where, cookie="", **form):
    began = time.monotonic()
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, where, urlencode(form) if form else None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer, page, time.monotonic() - began


def browser(port):
    """A cookie and the token that goes with it."""
    answer, page, _took = ask(port, "GET", "/sign-in")
    return answer.getheader("Set-Cookie").partition(";")[0], re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[
        1
    ]


def test_readers_do_not_wait_and_writers_are_told_to_come_again(port, settings):
    processes_of_the_site = settings.web_processes
    cookie, token = browser(port)
    answers = []

    def try_to_sign_in(number):
        typed = {"email": f"p{number}@justice.example", "password": "x", "csrf_token": token, "whole": "1"}
        answers.append(ask(port, "POST", "/sign-in", cookie, **typed))

    with a_writer_is_held_up():
        threads = [
            threading.Thread(target=try_to_sign_in, args=(number,)) for number in range(WRITERS * processes_of_the_site)
        ]
        for thread in threads:
            thread.start()
        time.sleep(1)
        assert max(ask(port, "GET", "/sign-in")[2] for _ in range(3)) < 5
        for thread in threads:
            thread.join()
    early = [(answer, page) for answer, page, took in answers if answer.status == 503 and took < 9]
    assert len(answers) == WRITERS * processes_of_the_site
    assert len(early) >= (WRITERS - INSIDE) * processes_of_the_site
    for answer, page in early:
        assert int(answer.getheader("Retry-After")) > 0
        assert re.search(r"p\d+@justice\.example", page)


def test_a_session_that_is_due_to_be_written_down_does_not_hold_up_its_page(app, client, port):
    someone = make.person("focal_point")
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = f"{name}={sign_in(client, someone).get_cookie(name).value}"
    with transaction():
        db.session.execute(sa.update(WebSession).values(touched_at=now() - timedelta(hours=1)))
    ask(port, "GET", "/requests", cookie)
    with transaction():
        db.session.execute(sa.update(WebSession).values(touched_at=now() - timedelta(hours=1)))
    with a_writer_is_held_up():
        answer, _page, took = ask(port, "GET", "/requests", cookie)
    assert answer.status == 200
    assert took < 5
