"""Every form is sent to an address that is no page's, and whoever opens that address finds the page."""

import pytest

from tests.factories import assistance
from tests.rights import forms, probing


@pytest.fixture(scope="module")
def found(matrix_app, built_world):
    return forms.found_on(matrix_app, built_world)


def test_every_form_has_an_address_of_its_own(found):
    assert len(found) > 60
    assert [form.page for form in found if form.action == form.page] == []


def test_whoever_opens_it_finds_a_page(matrix_app, built_world, found):
    lost = []
    with matrix_app.app_context(), probing.nothing_kept():
        for form in found:
            answer = probing.ask(matrix_app, built_world, form.persona, "GET", form.action)
            if answer.status not in (200, 302):
                lost.append((form.persona, form.action, answer.status))
    assert lost == []


def test_the_address_of_a_step_leads_to_the_step(client, sign_in):
    case = assistance.draft()
    browser = sign_in(client, case.people.drafter)
    page = browser.get(f"{case.url}/steps/why").text
    assert f'action="{case.url}/steps/why?sent=1"' in page
    assert browser.get(f"{case.url}/steps/why?sent=1").location == f"{case.url}/steps/why"


def test_an_address_that_takes_forms_only_leads_to_the_page_above(client, sign_in):
    case = assistance.draft()
    browser = sign_in(client, case.people.drafter)
    assert browser.get(f"{case.url}/autosave/why").location == case.url
    assert browser.get("/notifications/read").location == "/notifications"
    assert browser.put("/notifications/read").status_code == 405
