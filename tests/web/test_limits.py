"""Who asks too often is told so and loses nothing; a mission behind one address works on; no costly address is left
out of the table."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from tests.factories import accounts as make
from tests.web import costly
from tracker.accounts.forms.signing_in import SignInForm
from tracker.settings.configuration import ROOT
from tracker.web import limits
from tracker.web.access import access
from tracker.web.limits import EXEMPT, TABLE, Limit, limiter, whose

MISSION = 60


@pytest.fixture
def limited(app, monkeypatch, request):
    """The application with limits on; nobody has asked for anything yet. It counts in the broker where the test asks
    for one, else in the process, as it does while the broker is away."""
    app.config["WTF_CSRF_ENABLED"] = False
    settings = replace(app.extensions["tracker_settings"], rate_limits=True)
    monkeypatch.setitem(app.extensions, "tracker_settings", settings)
    monkeypatch.setattr(limiter, "_storage_dead", "broker" not in request.fixturenames)
    # Another test's broker may still answer: it is not looked for again during this test.
    monkeypatch.setattr(limiter, "_Limiter__last_check_backend", time.time() + 3_600)
    limiter._fallback_storage.reset()
    return app


@pytest.fixture
def three(limited, monkeypatch):
    """`three("POST", "accounts.sign_in")`: three calls an hour there, so that no test makes hundreds."""

    def narrow(method, endpoint):
        limit = Limit(TABLE[method, endpoint].group, "3 per hour")
        monkeypatch.setattr(limits, "TABLE", {**limits.TABLE, (method, endpoint): limit})

    return narrow


class TestTheTable:
    def test_has_every_address_that_costs_much_or_asks_for_no_sign_in(self, app):
        missing = {row: why for row, why in costly.rows(app).items() if row not in TABLE and row not in EXEMPT}
        assert not missing, "give it a limit in TABLE of tracker/web/limits.py, or a reason in EXEMPT"

    def test_has_no_row_without_an_address(self, app):
        there = {(method, rule.endpoint) for rule in app.url_map.iter_rules() for method in rule.methods}
        assert set(TABLE) | set(EXEMPT) <= there
        assert not set(TABLE) & set(EXEMPT)

    def test_stands_in_the_operators_handbook(self):
        told = (ROOT / "docs" / "operating.md").read_text()
        for limit in set(TABLE.values()):
            for rate in limit.rates.split("; "):
                number, span = rate.split(" per ")
                assert f"{int(number):,} {'an' if span == 'hour' else 'a'} {span}" in told, limit

    def test_would_notice_a_new_one(self):
        app = Flask("another")

        @app.post("/ask")
        @access("public")
        def ask():
            return "asked"

        @app.get("/table.csv")
        @access("staff")
        def table():
            return "", {"Content-Disposition": "attachment"}

        @app.get("/page")
        @access("staff")
        def page():
            return SignInForm()

        found = costly.rows(app)
        assert found["POST", "ask"] == "anybody may ask for it"
        assert found["GET", "table"] == "it gives a file"
        assert ("GET", "page") not in found


class TestTooOften:
    def test_is_answered_in_the_readers_language_with_when_to_come_back(self, client, three):
        three("GET", "sessions.index")
        answers = [client.get("/sessions/", headers={"Accept-Language": "fr"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
        assert "Trop d" in answers[-1].text
        assert '<html lang="fr"' in answers[-1].text
        assert "Retry-After" not in answers[0].headers

    def test_keeps_what_was_typed_but_no_password(self, client, three):
        three("POST", "accounts.sign_in")
        typed = {"email": "anna@justice.example", "password": "secret-word"}
        *_, refused = [client.post("/sign-in", data=typed) for _ in range(4)]
        assert refused.status_code == 429
        assert "anna@justice.example" in refused.text
        assert "secret-word" not in refused.text
        assert "Try again</button>" in refused.text

    def test_gives_a_stranger_back_no_more_than_a_form_holds(self, client, three):
        three("POST", "accounts.sign_in")
        flood = {"email": "anna@justice.example", "next": "x" * 1_000_000, "key": "y" * 1_000_000}
        *_, refused = [client.post("/sign-in", data=flood) for _ in range(4)]
        assert len(refused.text) < 30_000
        assert "anna@justice.example" in refused.text
        assert "It is more than this page gives back." in refused.text
        assert "Try again</button>" not in refused.text  # it would send a part as if it were all

    def test_is_answered_as_data_where_data_was_asked_for(self, client, three):
        three("GET", "sessions.index")
        *_, refused = [client.get("/sessions/", headers={"Accept": "application/json"}) for _ in range(4)]
        assert refused.json["status"] == 429
        assert refused.headers["Retry-After"]

    def test_is_not_said_where_the_operator_wants_no_limits(self, app, client, three):
        three("GET", "sessions.index")
        app.extensions["tracker_settings"] = replace(app.extensions["tracker_settings"], rate_limits=False)
        assert {client.get("/sessions/").status_code for _ in range(5)} == {200}

    def test_counts_a_form_that_was_not_signed(self, app, client, three):
        three("POST", "accounts.sign_in")
        app.config["WTF_CSRF_ENABLED"] = True
        statuses = [client.post("/sign-in", data={"email": "a@b.example"}).status_code for _ in range(4)]
        assert statuses == [422, 422, 422, 429]


class TestWhoIsCounted:
    def test_each_person_of_one_address_for_oneself(self, app, three, sign_in):
        three("GET", "triage.queue")
        officers = [make.person("triage_officer") for _ in range(2)]
        first, second = (sign_in(app.test_client(), officer) for officer in officers)
        assert [first.get("/triage/queue").status_code for _ in range(4)][-1] == 429
        assert second.get("/triage/queue").status_code == 200

    def test_one_person_at_every_address_together(self, app, three, sign_in):
        three("GET", "triage.queue")
        browser = sign_in(app.test_client(), make.person("triage_officer"))
        places = [f"198.51.100.{number}" for number in range(4)]
        statuses = [browser.get("/triage/queue", environ_base={"REMOTE_ADDR": at}).status_code for at in places]
        assert statuses == [200, 200, 200, 429]

    def test_all_addresses_of_one_group_together(self, client, three):
        three("GET", "sessions.index")
        three("GET", "desks.how_it_works")
        pages = ["/sessions/", "/how-it-works", "/sessions/", "/how-it-works"]
        assert [client.get(page).status_code for page in pages] == [200, 200, 200, 429]

    @pytest.mark.parametrize(
        ("address", "counted"),
        [
            ("198.51.100.7", "address:198.51.100.7"),
            ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "address:2001:db8:1:2::/64"),
            ("::ffff:198.51.100.7", "address:198.51.100.7"),
            ("", "address:"),
        ],
    )
    def test_a_stranger_by_the_network(self, app, address, counted):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            assert whose() == counted


class TestTheStore:
    def test_is_the_broker_and_without_it_the_process(self, client, three, broker):
        three("GET", "sessions.index")
        assert [client.get("/sessions/").status_code for _ in range(4)][-1] == 429
        broker.kill()
        began = time.monotonic()
        assert [client.get("/sessions/").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert time.monotonic() - began < 5


def test_a_mission_of_sixty_behind_one_address_signs_in_and_works(limited, site):
    people = [make.person("focal_point", password=make.PASSWORD) for _ in range(MISSION)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda someone: _morning(site, someone.email), people))
    assert set(answers) == {(200, 302, 200, 200)}


def _morning(site: str, email: str) -> tuple[int, ...]:
    """What one person does first, over HTTP as a browser does: the statuses of the answers."""
    line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    cookie = ""
    statuses = []
    form = urlencode({"email": email, "password": make.PASSWORD, "whole": "1"})
    asked = [("GET", path, "") for path in ("/desk", "/requests?q=cyber")]
    for method, path, body in [("GET", "/sign-in", ""), ("POST", "/sign-in", form), *asked]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        answer.read()
        cookie = (answer.getheader("Set-Cookie") or cookie).split(";")[0]
        statuses.append(answer.status)
    line.close()
    return tuple(statuses)
