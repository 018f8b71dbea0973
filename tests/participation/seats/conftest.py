"""The people around the money of a seat."""

import pytest

from tests.factories import pledges as make


@pytest.fixture
def people(app):
    return make.people()
