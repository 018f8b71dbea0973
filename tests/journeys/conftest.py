"""What a journey needs: the site as a process of its own, its worker, its mail server, and people at their browsers."""

import pytest

from tests.journeys.browsing import Seat
from tests.services import processes


@pytest.fixture
def site(app, settings, request, tmp_path):
    """The site under gunicorn; gives its address. A mail server that the test asks for is known to it."""
    if "smtp" in request.fixturenames:
        request.getfixturevalue("smtp")
    process = processes.web(app.extensions["tracker_settings"], tmp_path / "web.log")
    yield settings.base_url
    process.kill()


@pytest.fixture
def seat(page_of):
    """`seat(someone)`: that person at a browser in which they are signed in."""
    return lambda someone: Seat(page_of(someone), someone)
