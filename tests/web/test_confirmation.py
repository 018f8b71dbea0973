"""Pages that ask once more: the rule first, then the form, then the act, and a second press is the first one."""

import re
import uuid

import pytest

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tracker.extensions import db
from tracker.pledges.lifecycle import Status
from tracker.pledges.models import Pledge


@pytest.fixture
def people(app):
    app.config["WTF_CSRF_ENABLED"] = False
    return make.people()


@pytest.fixture
def browser(app, people, sign_in):
    """The manager's browser."""
    return sign_in(app.test_client(), people.manager)


def status_of(pledge):
    db.session.rollback()
    return db.session.query(Pledge).filter_by(public_id=pledge).one().status


def test_the_rule_is_asked_before_the_form(browser, people):
    pledge = make.offered(people)
    for form in ({}, {"reason": "Not the fund's business", "key": str(uuid.uuid4()), "version": "1"}):
        answer = browser.post(f"/pledges/{pledge}/close", data=form)
        assert answer.status_code == 403
    assert browser.get(f"/pledges/{pledge}/close").status_code == 403
    assert status_of(pledge) == Status.OFFERED


def test_a_form_that_is_not_right_comes_back_with_its_errors(browser, people):
    pledge = make.signed(people)
    answer = browser.post(f"/pledges/{pledge}/refuse", data={"reason": "", "version": "2"})
    assert answer.status_code == 422
    assert "Enter the reason." in words_of(answer)
    assert "Who will be told" in words_of(answer)
    assert status_of(pledge) == Status.SIGNED


def test_pressed_twice_it_leads_where_the_first_press_did(browser, people):
    pledge = make.signed(people)
    form = {"reason": "Outside the mandate", "key": str(uuid.uuid4()), "version": "2"}
    first, second = (browser.post(f"/pledges/{pledge}/refuse", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    other = browser.post(f"/pledges/{pledge}/refuse", data={**form, "key": str(uuid.uuid4())})
    assert other.status_code == 403  # another form asks the rule anew


def test_a_form_that_says_something_else_after_its_act_can_be_sent_as_a_new_act(browser, people):
    pledge = make.signed(people)
    form = {"reason": "Outside the mandate", "key": str(uuid.uuid4()), "version": "2"}
    assert browser.post(f"/pledges/{pledge}/refuse", data=form).status_code == 302
    answer = browser.post(f"/pledges/{pledge}/refuse", data={**form, "reason": "Outside the area"})
    assert answer.status_code == 422
    assert "Outside the area" in answer.text
    assert "Send it as a new act" in answer.text
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert sent["version"] == "2"
    assert sent["key"] != form["key"]
    again = browser.post(f"/pledges/{pledge}/refuse", data={**sent, "reason": "Outside the area"})
    assert again.status_code == 403  # it is a new act: the rule is asked, and the pledge is refused already


def test_a_conflict_about_money_is_said_at_the_form_and_a_stale_form_on_its_page(app, people, sign_in):
    pledge = make.signed(people)
    manager = sign_in(app.test_client(), people.manager)
    answer = manager.post(f"/pledges/{pledge}/refuse", data={"reason": "No", "version": "1"})
    assert answer.status_code == 409
    assert "This has changed meanwhile" in words_of(answer)
    paid = make.funded(people)
    finance = sign_in(app.test_client(), people.finance)
    far = {"amount": "9,999,999.00", "reason": "No", "external_reference": "F-1"}
    answer = finance.post(f"/pledges/{paid}/refund", data=far)
    assert answer.status_code == 422
    assert "What will happen" in words_of(answer)
