"""A form that does not arrive whole changes nothing, and what came of it is shown."""

import uuid

import pytest

from tests.factories import accounts as make
from tests.factories import assistance
from tracker.notifications.queries import preferences_of
from tracker.notifications.services import set_preferences
from tracker.web.whole_forms import WITHOUT_KEY

PART = "Only a part of this form arrived"
NOTHING = {"whole": None, "key": None}


@pytest.fixture(autouse=True)
def forms_without_token(app):
    app.config["WTF_CSRF_ENABLED"] = False


def test_preferences_are_not_reset_by_an_empty_form(client, sign_in):
    anna = make.person("focal_point")
    set_preferences({"requests": "weekly"}, actor=anna.actor, version=None)
    answer = sign_in(client, anna).post("/notifications/preferences", data=NOTHING)
    assert answer.status_code == 422
    assert PART in answer.text
    assert preferences_of(anna.actor) == {"requests": "weekly"}


@pytest.mark.parametrize("address", ["/sign-in", "/forgotten-password", "/account/password", "/account/membership"])
def test_a_form_without_a_key_needs_its_mark_all_the_same(client, sign_in, address):
    answer = sign_in(client, make.person("focal_point")).post(address, data=NOTHING)
    assert answer.status_code == 422
    assert PART in answer.text


def test_what_came_of_it_is_shown_and_not_offered_to_be_sent_again(client, sign_in):
    case = assistance.draft()
    data = {"problem": "Half of a sentence", "whole": None, "key": str(uuid.uuid4())}
    answer = sign_in(client, case.people.drafter).post(f"{case.url}/steps/why", data=data)
    assert answer.status_code == 422
    assert "Half of a sentence" in answer.text
    assert "Try again" not in answer.text


def test_every_form_that_is_said_to_have_no_key_is_there(app):
    assert WITHOUT_KEY.keys() <= app.view_functions.keys()


def test_a_draft_does_not_save_itself_from_a_part(client, sign_in):
    case = assistance.draft()
    address = f"{case.url}/autosave/why"
    answer = sign_in(client, case.people.drafter).post(address, data=NOTHING, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert PART in answer.json["error"]
