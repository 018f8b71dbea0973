"""What is typed into a form and not sent is kept for whoever typed it, and put back where nothing newer stands."""

import html
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from lxml.html import document_fromstring

from tests.factories import assistance as make
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.typed import unsent
from tracker.typed.models import UnsentForm

WORDS = "Courts fall silent for want of evidence."


@pytest.fixture(autouse=True)
def without_csrf(app):
    app.config["WTF_CSRF_ENABLED"] = False


class Writer:
    """Somebody who has opened a page and types into its form."""

    def __init__(self, app, someone, page, field="reason"):
        self.client, self.page, self.field = sign_in(app.test_client(), someone), page, field

    def open(self):
        """The form as a browser has it, with the address to which it sends itself."""
        text = self.client.get(self.page).text
        self.text = html.unescape(text)
        form = next(form for form in document_fromstring(text).forms if form.get("data-autosave"))
        self.address, self.action, self.fields = form.get("data-autosave"), form.action, dict(form.fields)
        return self.fields[self.field]

    def type(self, words=WORDS):
        self.fields[self.field] = words
        answer = self.client.post(self.address, data={k: v for k, v in self.fields.items() if v is not None})
        assert answer.status_code == 200, answer.text
        return answer

    def send(self, **more):
        return self.client.post(self.action, data={k: v for k, v in {**self.fields, **more}.items() if v is not None})


def kept():
    return db.session.scalars(sa.select(UnsentForm)).all()


@pytest.fixture
def case(app):
    return make.awaiting_authorisation()


@pytest.fixture
def writer(app, case):
    found = Writer(app, case.people.authority, f"{case.url}/return")
    found.open()
    found.type()
    return found


def test_it_is_there_when_the_page_is_opened_again(writer):
    assert writer.open().strip() == WORDS
    assert "have not sent it yet" in writer.text


def test_it_is_gone_when_it_was_sent(writer, case):
    assert writer.send().status_code == 302
    assert case.now.status == "draft"
    assert kept() == []


def test_it_stays_when_the_form_was_refused(writer, case):
    assert writer.send(reason="").status_code == 422
    assert [form.fields for form in kept()] == [[["reason", WORDS]]]


def test_a_late_save_of_what_was_sent_keeps_nothing(writer):
    writer.send()
    writer.type()
    assert kept() == []


def test_what_was_put_back_and_sent_from_two_pages_is_one_act(app, writer, case):
    other = Writer(app, case.people.authority, f"{case.url}/return")
    other.open()
    assert other.fields["key"] == writer.fields["key"]
    writer.send()
    assert other.send().status_code == 302


def test_two_pages_lose_nothing_of_each_other(app, case):
    first, second = (Writer(app, case.people.authority, f"{case.url}/return") for _ in range(2))
    first.open(), second.open()
    first.type("The first of them.")
    second.type("The second of them.")
    assert first.open().strip() == "The second of them."
    assert "The first of them." in first.text


def test_nobody_else_reads_it(app, writer, case):
    other = make.accounts.person("authorising_officer", of="KEN")
    assert Writer(app, other, f"{case.url}/return").open().strip() == ""
    officer = Writer(app, case.people.officer, case.url)
    assert WORDS not in officer.client.get(case.url).text


def test_a_decision_is_read_by_nobody_until_it_is_prepared(app):
    case = make.in_review()
    page = f"/triage/requests/{case.public_id}/decision/declined"
    writer = Writer(app, case.people.officer, page, "reasons")
    writer.open()
    writer.type()
    manager = Writer(app, case.people.manager, page, "reasons")
    assert manager.open().strip() == ""
    assert WORDS not in manager.client.get(f"/triage/requests/{case.public_id}").text
    assert writer.open().strip() == WORDS
    assert writer.send().status_code == 302
    assert kept() == []


def test_it_is_never_put_over_what_was_saved_since(app):
    case = make.draft(kind="participation")
    writer = Writer(app, case.people.drafter, f"{case.url}/delegates", "people-0-function")
    writer.open()
    writer.type("Adviser")
    assert writer.send(**{"people-0-family_name": "Otieno"}).status_code == 302
    page = f"{case.url}/delegates"
    first, second = (Writer(app, case.people.drafter, page, "people-0-function") for _ in range(2))
    first.open(), second.open()
    first.type("Judge")
    second.fields["people-0-function"] = "Prosecutor"
    assert second.send().status_code == 302
    assert first.open() == "Prosecutor"
    assert "What is saved has changed since" in first.text
    assert re.search(r"<dd[^>]*>Judge</dd>", first.text)


def test_a_pledge_comes_back_with_the_answers_of_all_its_steps(app):
    writer = Writer(app, make.accounts.person("donor_officer", of="NORAD"), "/pledges/new", "title")
    writer.open()
    writer.fields |= {"amount": "1,000", "instalments-0-amount": "400", "conditions": WORDS}
    writer.type("Courses for prosecutors")
    assert writer.open() == "Courses for prosecutors"
    assert (writer.fields["instalments-0-amount"], writer.fields["conditions"]) == ("400", WORDS)


def test_another_change_of_the_request_leaves_it_in_its_place(writer):
    with transaction() as session:
        session.execute(sa.update(AssistanceRequest).values(version=AssistanceRequest.version + 1))
    assert writer.open().strip() == WORDS
    assert writer.send().status_code == 302


def test_it_is_thrown_away_by_a_press(writer, case):
    writer.open()
    form = next(form for form in document_fromstring(writer.text).forms if "throw-away" in form.action)
    answer = writer.client.post(form.action, data=dict(form.fields))
    assert (answer.status_code, answer.location) == (302, f"{case.url}/return")
    assert writer.open().strip() == ""


def test_it_is_kept_for_thirty_days(writer):
    with shifted(now() + unsent.KEPT_FOR - timedelta(minutes=1)):
        assert unsent.forget_old_unsent_forms() == 0
    with shifted(now() + unsent.KEPT_FOR + timedelta(minutes=1)):
        assert unsent.forget_old_unsent_forms() == 1


def test_no_more_than_a_bound_is_kept_of_a_person_and_of_a_form(writer, monkeypatch):
    monkeypatch.setattr(unsent, "MOST_CHARACTERS", 10)
    data = {**writer.fields, "reason": WORDS}
    assert writer.client.post(writer.address, data=data).status_code == 413
    monkeypatch.undo()
    monkeypatch.setattr(unsent, "MOST_FORMS", 1)
    assert writer.client.post(writer.address, data={**data, "key": ""}).status_code == 422
    writer.fields["key"] = "7b2a4a3e-51a4-4f0e-9d0d-3b5a3e1b1c11"
    assert writer.client.post(writer.address, data=writer.fields).status_code == 413
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "of", ["", "//elsewhere.example/", "/nowhere", "/settings/people", "https://elsewhere.example/"]
)
def test_only_of_a_page_of_ours_that_the_person_may_open(writer, of):
    for address in ("/unsent", "/unsent/throw-away"):
        assert writer.client.post(address, query_string={"of": of}, data=writer.fields).status_code == 404


def test_only_of_forms_that_are_kept(writer):
    answer = writer.client.post(writer.address, data={**writer.fields, "whole": "accounts.forms.PasswordForm"})
    assert answer.status_code == 422
