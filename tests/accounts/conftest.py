"""Browsers for the pages of accounts."""

import re
from html import unescape

import pytest


@pytest.fixture(autouse=True)
def forms_without_tokens(request):
    """Forms are sent without their CSRF token; tests that never open an application stay as they are."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app").config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def as_person(app, sign_in):
    """`as_person(someone)`: a browser of its own in which that person is signed in."""
    return lambda someone: sign_in(app.test_client(), someone)


@pytest.fixture
def hidden():
    """`hidden(page)`: the hidden fields of the last form of a page, as a dict to send back."""

    def read(page):
        assert page.status_code == 200, page.status_code
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
        return {name: unescape(value) for name, value in fields}

    return read
