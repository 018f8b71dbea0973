"""The people of the admin panel, and a form's hidden values read from its page."""

import re

import pytest

from tests.factories import assistance as make
from tests.services.people import sign_in


class Desk:
    """Somebody at a browser: opens a page, fills its form in, sends it."""

    def __init__(self, app, someone):
        self.someone = someone
        self.client = sign_in(app.test_client(), someone)

    def get(self, address: str):
        return self.client.get(address)

    def post(self, address: str, **values):
        """Send what `values` say with the key and version of the page's own form."""
        return self.client.post(address, data={**self.hidden(address), **values})

    def hidden(self, address: str) -> dict[str, str]:
        """The hidden values of the form with a key and a version on this page."""
        text = self.client.get(address).get_data(as_text=True)
        found = re.findall(r'<input type="hidden" name="(key|version|decision|r)" value="([^"]*)"', text)
        return {name: value for name, value in found if value}


@pytest.fixture(autouse=True)
def without_csrf(app):
    """Forms are sent without their token; that they carry one is another test's matter."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def people(app):
    """An officer, a manager, a drafter and an authority around whatever a test makes."""
    return make.People()


@pytest.fixture
def officer(app, people):
    """The triage officer at a browser."""
    return Desk(app, people.officer)


@pytest.fixture
def manager(app, people):
    """The programme manager at a browser."""
    return Desk(app, people.manager)


@pytest.fixture
def desk(app):
    """`desk(person)`: anybody at a browser."""
    return lambda someone: Desk(app, someone)
