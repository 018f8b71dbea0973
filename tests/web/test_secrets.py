"""A password, a code or a token is never shown again: not on an error page, not in a form, not in a log."""

import re

import pytest
import sqlalchemy as sa
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from tests.factories import accounts as make
from tracker.accounts.models import WebSession
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.web import form_classes
from tracker.web.secret_fields import CodeField

PRESENT, NEW = "the present secret of mine", "the new secret of mine"
SENT = {"current": PRESENT, "password": NEW}


@pytest.fixture
def anna(app):
    return make.person("focal_point", password=make.PASSWORD)


@pytest.fixture
def browser(client, sign_in, anna):
    return sign_in(client, anna)


def token_of(browser, address):
    return re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address).text)[1]


def refused(answer, status):
    """The answer, which has the status and shows no secret."""
    assert answer.status_code == status
    assert PRESENT not in answer.text
    assert NEW not in answer.text
    return answer


class TestAPasswordIsNotRepeated:
    def test_on_the_page_of_a_session_that_ended(self, browser):
        token = token_of(browser, "/account/password")
        with transaction() as session:
            session.execute(sa.update(WebSession).values(ended_at=now()))
        page = refused(browser.post("/account/password", data={**SENT, "csrf_token": token}), 401).text
        assert "never shown again" in page

    def test_on_the_page_of_a_form_that_expired(self, browser):
        page = refused(browser.post("/account/password", data={**SENT, "csrf_token": "old"}), 422).text
        assert "never shown again" in page
        assert "Try again" in page  # the form that comes back asks for it

    def test_in_the_form_that_comes_back(self, app, browser):
        app.config["WTF_CSRF_ENABLED"] = False
        refused(browser.post("/account/password", data={**SENT, "password": "short", "current": PRESENT}), 422)

    def test_where_it_stands_in_an_entry_of_a_list(self, browser):
        page = browser.post(
            "/account/password", data={"people-0-current": PRESENT, "name": "Anna", "csrf_token": "old"}
        )
        assert "Anna" in refused(page, 422).text

    def test_in_the_log(self, app, browser, capsys):
        app.config["WTF_CSRF_ENABLED"] = False
        browser.post("/account/password", data=SENT)
        browser.post("/sign-in", data={"email": "x@y.example", "password": PRESENT})
        said = "".join(capsys.readouterr())
        assert PRESENT not in said
        assert NEW not in said


class CodeForm(FlaskForm):
    """A form as the second step of a sign-in has it."""

    sent_code = CodeField("Code")


def test_a_code_is_a_secret_by_its_type_and_comes_back_empty(app):
    assert "sent_code" in form_classes.secret_names()
    with app.test_request_context("/", method="POST", data={"sent_code": "493201"}):
        form = CodeForm(MultiDict({"sent_code": "493201"}))
        assert form.sent_code.data == "493201"
        assert "493201" not in str(form.sent_code())
        assert 'autocomplete="one-time-code"' in str(form.sent_code())


def test_no_other_field_has_the_name_of_a_secret(app):
    """It would be lost on a page that gives back what was typed."""
    secret = form_classes.secret_names()
    fields = [(form, name, f) for form in form_classes.every_form() for name, f in form_classes.declared(form).items()]
    assert [(form, name) for form, name, f in fields if name in secret and not form_classes.is_secret(f)] == []
    assert {"password", "current"} <= secret
