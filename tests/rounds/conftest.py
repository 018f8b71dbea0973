"""The people around a round, and a session with States that ask."""

from types import SimpleNamespace

import pytest

from tests.factories import pledges, rounds
from tracker.reference import loader


@pytest.fixture
def people(app):
    app.config["WTF_CSRF_ENABLED"] = False
    loader.load()
    return pledges.people()


@pytest.fixture
def asked(people):
    """A session with four seats; Kenya nominates two, Nepal one; a pledge pays four seats."""
    rounds.session(seats=4)
    kenya, nepal = rounds.asks("KEN", "Awa Konan", "Ben Otieno"), rounds.asks("NPL", "Sita Rai")
    return SimpleNamespace(pledge=rounds.pledge_of(people, 4 * rounds.seat()), kenya=kenya, nepal=nepal)
