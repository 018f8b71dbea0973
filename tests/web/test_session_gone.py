"""A form that was sent when its session was gone: one page shows it and signs its sender in, and then it is done."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.factories import assistance
from tests.files.samples import PDF
from tracker.accounts import passwords
from tracker.accounts.models import Person, WebSession
from tracker.assistance.models import Attachment
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.files.models import File
from tracker.typed import holding
from tracker.typed.models import HeldFile


@pytest.fixture
def case(app):
    made = assistance.draft()
    with transaction() as session:
        people = [made.people.drafter.person_id, made.people.authority.person_id]
        session.execute(
            sa.update(Person).where(Person.id.in_(people)).values(password_hash=passwords.hashed(make.PASSWORD))
        )
    return made


@pytest.fixture
def browser(client, sign_in, case):
    """The drafter's, with the token that the pages there carry."""
    sign_in(client, case.people.drafter)
    client.token = hidden(client.get("/account").text)["csrf_token"]
    return client


def hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def end_sessions(ago=timedelta(0)):
    with transaction() as session:
        session.execute(sa.update(WebSession).values(ended_at=now() - ago))


def come_back(browser, page, someone, password=make.PASSWORD):
    """Fill the form that the page offers."""
    fields = {name: hidden(page)[name] for name in ("csrf_token", "kept")}
    email = db.session.scalar(sa.select(Person.email).where(Person.id == someone.person_id))
    return browser.post("/sign-in", data={**fields, "email": email, "password": password})


def why(browser, case, **typed):
    data = {"csrf_token": browser.token, "version": str(case.version), "problem": "Nobody was trained.", **typed}
    return browser.post(f"{case.url}/steps/why", data={"then": "leave", **data})


class TestOnePage:
    def test_shows_what_was_typed_and_does_it_when_the_person_is_back(self, browser, case):
        end_sessions()
        page = why(browser, case)
        assert page.status_code == 401
        assert "Nobody was trained." in page.text
        assert 'name="password"' in page.text
        done = come_back(browser, page.text, case.people.drafter)
        assert done.status_code == 302
        assert done.location.endswith(case.url)
        assert case.now.problem == "Nobody was trained."
        assert "Draft saved" in browser.get(done.location).text

    def test_keeps_it_through_a_wrong_password(self, browser, case):
        end_sessions()
        wrong = come_back(browser, why(browser, case).text, case.people.drafter, password="not the right one")
        assert wrong.status_code == 422
        assert "Nobody was trained." in wrong.text
        assert come_back(browser, wrong.text, case.people.drafter).status_code == 302
        assert case.now.problem == "Nobody was trained."

    def test_after_signing_out_on_another_page(self, browser, case):
        browser.post("/sign-out", data={"csrf_token": browser.token})
        page = why(browser, case)
        assert page.status_code == 401
        come_back(browser, page.text, case.people.drafter)
        assert case.now.problem == "Nobody was trained."

    def test_calls_fields_and_choices_by_their_labels_in_the_language_of_the_person(self, browser, case):
        end_sessions()
        browser.get("/?lang=fr")
        form = "participation.forms.DelegationForm"
        typed = {"people-0-departure_airport": "Nairobi", "people-0-gender": "woman"}
        data = {"csrf_token": browser.token, "whole": form, **typed}
        page = browser.post(f"{case.url}/delegates", data=data).text
        assert "departure_airport" not in page.split("<dl")[1].split("</dl>")[0]
        assert "Aéroport de départ" in page
        assert "Sexe</dt>" in page or "Genre</dt>" in page
        assert ">woman<" not in page


class TestSomebodyElse:
    def test_gets_nothing_of_it(self, browser, case):
        end_sessions()
        answer = come_back(browser, why(browser, case).text, case.people.authority)
        assert answer.status_code == 302
        assert "another person" in browser.get("/desk", follow_redirects=True).text
        assert case.now.problem != "Nobody was trained."

    def test_who_nobody_knows_sees_it_before_it_is_sent(self, browser, case):
        end_sessions(timedelta(days=2))
        page = why(browser, case)
        answer = come_back(browser, page.text, case.people.drafter)
        assert answer.status_code == 200
        assert "Nobody was trained." in answer.text
        assert "Send it now" in answer.text
        assert case.now.problem != "Nobody was trained."

    def test_a_form_of_another_site_is_never_sent_by_itself(self, browser, case):
        end_sessions()
        page = why(browser, case, csrf_token="of nobody")
        assert page.status_code == 401
        assert come_back(browser, page.text, case.people.drafter).status_code == 200
        assert case.now.problem != "Nobody was trained."

    def test_what_was_signed_by_nobody_is_nothing(self, browser, case):
        end_sessions()
        kept = hidden(why(browser, case).text)["kept"]
        page = f'<input type="hidden" name="csrf_token" value="{browser.token}">'
        page += f'<input type="hidden" name="kept" value="{kept[:-4]}AAAA">'
        assert come_back(browser, page, case.people.drafter).location == "/start"
        assert case.now.problem != "Nobody was trained."


class TestFiles:
    def send(self, browser, case):
        file = (io.BytesIO(PDF), "concept.pdf")
        data = {"csrf_token": browser.token, "version": str(case.version), "label": "Concept note", "file": file}
        return browser.post(f"{case.url}/documents", data=data)

    def test_wait_for_the_person_and_are_handed_in(self, browser, case):
        end_sessions()
        page = self.send(browser, case)
        assert "1 file waits" in page.text
        assert come_back(browser, page.text, case.people.drafter).status_code == 302
        assert db.session.scalar(sa.select(File.name).join(Attachment)) == "concept.pdf"
        assert db.session.scalars(sa.select(HeldFile)).all() == []

    def test_wait_an_hour_and_no_longer(self, browser, case):
        end_sessions()
        page = self.send(browser, case)
        held = db.session.scalars(sa.select(HeldFile)).one()
        with shifted(now() + timedelta(minutes=61)):
            assert holding.waiting_for(held.person_id, [str(held.public_id)]) == []
            assert "Send it now" in come_back(browser, page.text, case.people.drafter).text
            assert holding.forget_held_files() == 1

    def test_are_given_to_nobody_else(self, browser, case):
        end_sessions()
        self.send(browser, case)
        held = db.session.scalars(sa.select(HeldFile)).one()
        assert holding.waiting_for(case.people.authority.person_id, [str(held.public_id)]) == []
        assert holding.waiting_for(case.people.drafter.person_id, [str(held.public_id)]) == [held]

    def test_are_not_kept_for_a_session_that_ended_long_ago(self, browser, case):
        end_sessions(timedelta(hours=25))
        assert "file waits" not in self.send(browser, case).text
        assert db.session.scalars(sa.select(HeldFile)).all() == []

    def test_are_not_kept_beyond_what_may_wait_for_all(self, browser, case, monkeypatch):
        monkeypatch.setattr(holding, "MOST_IN_ALL", 10)
        end_sessions()
        assert "file waits" not in self.send(browser, case).text
        assert db.session.scalars(sa.select(HeldFile)).all() == []

    @pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", len(PDF) + 1)])
    def test_are_not_kept_beyond_what_may_wait_for_one_person(self, browser, case, monkeypatch, limit, most):
        monkeypatch.setattr(holding, limit, most)
        end_sessions()
        self.send(browser, case)
        assert "file waits" not in self.send(browser, case).text
        assert len(db.session.scalars(sa.select(HeldFile)).all()) == 1
