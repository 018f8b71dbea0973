"""Signing in, staying in and going out, through the browser's eyes."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.services.client import application
from tracker.accounts import login, queries, services
from tracker.accounts.lifecycle import SESSION_IDLE
from tracker.accounts.links import hash_of
from tracker.accounts.models import WebSession
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.errors import Invalid
from tracker.events import Event
from tracker.extensions import db


@pytest.fixture
def browser_of_anna(app):
    """A browser with CSRF protection off, and a person with a password."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def attempt(client, someone, password=make.PASSWORD, **more):
    email = someone if isinstance(someone, str) else someone.email
    return client.post("/sign-in", data={"email": email, "password": password, **more})


class TestSignIn:
    def test_shows_the_form_to_a_stranger(self, client):
        page = client.get("/sign-in")
        assert page.status_code == 200
        assert "E-mail address" in page.text

    def test_lets_the_right_password_in_and_goes_on(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD)
        answer = attempt(browser_of_anna, anna, next="/account/membership")
        assert answer.status_code == 302
        assert answer.location == "/account/membership"
        assert browser_of_anna.get("/account/membership").status_code == 200

    def test_takes_the_address_in_any_case(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD, email="anna@justice.example")
        assert attempt(browser_of_anna, "  Anna@Justice.EXAMPLE ").status_code == 302
        assert anna.email == "anna@justice.example"

    def test_answers_alike_for_wrong_unknown_disabled_and_without_password(self, browser_of_anna):
        people = [make.person("focal_point", password=make.PASSWORD), make.person("focal_point")]
        disabled = make.person("focal_point", password=make.PASSWORD)
        with transaction() as session:
            session.execute(
                sa.update(make.Person).where(make.Person.id == disabled.person_id).values(disabled_at=now())
            )
        answers = [
            attempt(browser_of_anna, people[0], "not the password"),
            attempt(browser_of_anna, people[1]),
            attempt(browser_of_anna, disabled),
            attempt(browser_of_anna, "nobody@nowhere.example"),
        ]
        assert {answer.status_code for answer in answers} == {422}
        texts = {
            answer.text.replace(email, "")
            for answer, email in zip(
                answers, [people[0].email, people[1].email, disabled.email, "nobody@nowhere.example"], strict=True
            )
        }
        assert len(texts) == 1
        assert "is not right" in texts.pop()

    @pytest.mark.parametrize(
        "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
    )
    def test_never_sends_anybody_elsewhere(self, browser_of_anna, target):
        anna = make.person("focal_point", password=make.PASSWORD)
        assert attempt(browser_of_anna, anna, next=target).location == "/start"

    def test_a_guarded_page_brings_the_person_back(self, client):
        answer = client.get("/account/membership?lang=fr")
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=")

    def test_the_cookie_holds_a_token_and_the_database_its_hash(self, client, sign_in):
        anna = make.person("focal_point")
        sign_in(client, anna)
        with client.session_transaction() as session:
            token = session["_user_id"]
        kept = db.session.scalars(sa.select(WebSession.token_hash)).one()
        assert kept == hash_of(token) != token

    def test_is_recorded_once(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD)
        attempt(browser_of_anna, anna)
        event = db.session.scalars(sa.select(Event).where(Event.name == "accounts.signed_in")).one()
        assert event.actor_person_id == anna.person_id


class TestSession:
    def test_loads_the_actor_in_one_statement(self, app, client, sign_in):
        anna = make.person("focal_point", "state_administrator")
        assert queries.actor_for(anna.person_id, anna.membership_id).roles == {"focal_point", "state_administrator"}
        assert queries.actor_for(anna.person_id, anna.membership_id + 1) is None

    def test_is_touched_at_most_once_a_minute(self, app, client, sign_in):
        sign_in(client, make.person("focal_point"))
        first = db.session.scalars(sa.select(WebSession.touched_at)).one()
        db.session.rollback()
        client.get("/account/membership")
        assert db.session.scalars(sa.select(WebSession.touched_at)).one() == first
        db.session.rollback()
        with shifted(now() + timedelta(minutes=2)):
            client.get("/account/membership")
        assert db.session.scalars(sa.select(WebSession.touched_at)).one() > first

    def test_no_slow_answer_undoes_a_choice_made_meanwhile(self, client, sign_in):
        """An answer that changes nothing of the cookie does not send it, so it cannot send an old one."""
        sign_in(client, make.person("focal_point"))
        with client.session_transaction() as session:
            session.permanent = True  # as login.keep makes it
        client.get("/desk?lang=fr")
        for address in ("/desk", "/notifications/count"):
            assert "Set-Cookie" not in client.get(address).headers

    def test_ends_when_idle(self, client, sign_in):
        sign_in(client, make.person("focal_point"))
        with shifted(now() + SESSION_IDLE + timedelta(minutes=1)):
            assert client.get("/account/membership").status_code == 302

    def test_ends_with_the_membership(self, client, sign_in):
        anna = make.person("focal_point")
        sign_in(client, anna)
        with transaction() as session:
            session.execute(
                sa.update(make.Membership).where(make.Membership.id == anna.membership_id).values(ended_at=now())
            )
        assert client.get("/account/membership").status_code == 302

    def test_sign_out_ends_it_in_the_database(self, app, client, sign_in):
        app.config["WTF_CSRF_ENABLED"] = False
        sign_in(client, make.person("focal_point"))
        assert client.post("/sign-out").location == "/sign-in"
        assert db.session.scalars(sa.select(WebSession.ended_at)).one() is not None
        assert client.post("/sign-out").location == "/sign-in"
        assert client.get("/account/membership").status_code == 302


class TestExpiredForm:
    def test_keeps_what_was_typed_until_the_person_is_back(self, app, client, sign_in):
        app.config["WTF_CSRF_ENABLED"] = True
        anna = make.person("focal_point", password=make.PASSWORD)
        sign_in(client, anna)
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)[1]
        with transaction() as session:
            session.execute(sa.update(WebSession).values(ended_at=now()))
        sent = {"name": "Anna Long <b>", "language": "fr", "timezone": "UTC", "version": "1", "csrf_token": token}
        kept = client.post("/account", data=sent)
        assert kept.status_code == 401
        assert "Anna Long &lt;b&gt;" in kept.text
        again = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
        typed = {"email": anna.email, "password": make.PASSWORD, "csrf_token": again}
        assert client.post("/sign-in", data=typed).status_code == 302
        assert client.post("/account", data=sent).status_code == 302

    def test_somebody_else_gets_a_new_token(self, app, client, sign_in):
        anna, boris = (make.person("focal_point", password=make.PASSWORD) for _ in range(2))
        sign_in(client, anna)
        client.get("/account")
        with client.session_transaction() as session:
            before = session["csrf_token"]
        client.post("/sign-out")
        attempt(client, boris)
        client.get("/account")
        with client.session_transaction() as session:
            assert session["csrf_token"] != before


class TestSeveralMemberships:
    def test_acts_under_one_and_can_change(self, app, client, sign_in):
        app.config["WTF_CSRF_ENABLED"] = False
        kenya = make.person("focal_point", of="KEN")
        ghana = make.membership(kenya, "authorising_officer", of="GHA")
        sign_in(client, kenya)
        assert "Ghana" in client.get("/account/membership").text
        answer = client.post("/account/membership", data={"membership": ghana.membership_public_id, "next": "/x"})
        assert answer.location == "/x"
        with client.session_transaction() as session:
            found = queries.signed_in(hash_of(session["_user_id"]))
        assert found.actor.organisation_code == "GHA"
        assert found.actor.roles == {"authorising_officer"}

    @pytest.mark.parametrize("kind", ["foreign", "absent", "nonsense"])
    def test_cannot_take_anothers(self, app, client, sign_in, kind):
        app.config["WTF_CSRF_ENABLED"] = False
        other = make.person("administrator")
        sign_in(client, make.person("focal_point"))
        wanted = {"foreign": other.membership_public_id, "absent": other.public_id, "nonsense": "x"}[kind]
        assert client.post("/account/membership", data={"membership": wanted}).status_code == 404

    def test_comes_back_under_the_last_one(self, app):
        kenya = make.person("focal_point", of="KEN", password=make.PASSWORD)
        ghana = make.membership(kenya, "focal_point", of="GHA")
        services.begin(kenya.person_id, membership_id=ghana.membership_id)
        assert queries.default_membership(kenya.person_id) == ghana.membership_id


class TestThrottle:
    def test_asks_a_guesser_for_a_code_but_not_the_owner_elsewhere(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD)
        here = {"address": "198.51.100.7", "user_agent": ""}
        home = {"address": "203.0.113.9", "user_agent": ""}
        services.sign_in(anna.email, password=make.PASSWORD, **home)
        statuses = []
        for _ in range(30):
            try:
                services.sign_in(anna.email, password="wrong wrong wrong", **here)
            except services.CodeNeeded:
                statuses.append("code")
            except Invalid:
                statuses.append("wrong")
        assert "code" in statuses
        assert statuses.count("wrong") < 10
        services.sign_in(anna.email, password=make.PASSWORD, **home)

    def test_delays_an_unknown_address_exactly_alike(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD)
        answers = {}
        for email in (anna.email, "nobody@nowhere.example"):
            answers[email] = [attempt(browser_of_anna, email, "wrong wrong").status_code for _ in range(7)]
        assert answers[anna.email] == answers["nobody@nowhere.example"]
        assert answers[anna.email][-2:] == [200, 200]  # the page that asks for a code

    def test_forgets_when_time_has_passed(self, browser_of_anna):
        anna = make.person("focal_point", password=make.PASSWORD)
        while attempt(browser_of_anna, anna, "wrong wrong").status_code != 200:
            pass
        with shifted(now() + timedelta(hours=2)):
            assert attempt(browser_of_anna, anna).status_code == 302


class TestDemonstration:
    def test_offers_one_press_for_each_account_and_no_other(self, app, client):
        app.config["WTF_CSRF_ENABLED"] = False
        shown = make.person("triage_officer", name="Ines Officer", demonstration=True)
        hidden = make.person("administrator", name="Real Person")
        page = client.get("/sign-in").text
        assert "Ines Officer" in page
        assert "Real Person" not in page
        assert client.post(f"/demonstration/sign-in/{hidden.membership_public_id}").status_code == 404
        assert client.post(f"/demonstration/sign-in/{shown.membership_public_id}").status_code == 302
        assert client.get("/account/membership").status_code == 200


class TestProduction:
    def test_has_no_one_click_sign_in(self, settings, monkeypatch):
        monkeypatch.setattr("tracker.calendar.now.forbid_shifting", lambda: None)
        app = application(replace(settings, environment="production"))
        assert not [rule for rule in app.url_map.iter_rules() if "demonstration" in rule.rule]
        assert "demonstration_people" not in app.jinja_env.globals


def test_safe_next_keeps_ordinary_paths():
    assert login.safe_next("/requests?x=1#y") == "/requests?x=1#y"
    assert login.safe_next(None) is None
