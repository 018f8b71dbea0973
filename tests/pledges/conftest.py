"""People of a pledge, and its pages as they see them."""

import pytest

from tests.factories import pledges as make
from tests.pledges.forms import fields_of


@pytest.fixture
def people(app):
    return make.people()


@pytest.fixture
def page(app, sign_in):
    """`page(person, path, data)`: what that person gets; with `data` the form on the page is filled in and sent."""

    def get_or_post(someone, path, data=None):
        client = sign_in(app.test_client(), someone)
        shown = client.get(path)
        if data is None or shown.status_code != 200:
            return shown
        return client.post(path, data={**fields_of(shown.text), **data})

    return get_or_post
