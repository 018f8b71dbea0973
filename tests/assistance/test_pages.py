"""Every page of the State renders, in every status."""

import pytest

from tests.factories import assistance as make


@pytest.fixture
def browser(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    return client


@pytest.mark.parametrize("status", list(make.IN_EVERY_STATUS))
def test_the_request_page_in_every_status(browser, sign_in, status):
    case = make.IN_EVERY_STATUS[status](make.People("KEN"))
    for someone in (case.people.drafter, case.people.authority):
        sign_in(browser, someone)
        page = browser.get(case.url)
        assert page.status_code == 200
        assert "Digital evidence handling for prosecutors" in page.text
        assert browser.get(f"{case.url}/annex").status_code == 200
