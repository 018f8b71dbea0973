"""A session that is over, with seats to settle."""

import pytest

from tests.factories import settling


@pytest.fixture
def scene(app):
    return settling.scene()
