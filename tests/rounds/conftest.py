"""The people around a round, and a session with States that ask."""

from types import SimpleNamespace

import pytest

from tests.factories import accounts, pledges, rounds
from tests.factories import reference as reference_data
from tracker.rounds import services


@pytest.fixture
def people(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()
    return pledges.people()


@pytest.fixture
def asked(people):
    """A session with four seats; Kenya nominates two, Nepal one; a pledge pays four seats."""
    rounds.session(seats=4)
    kenya, nepal = rounds.asks("KEN", "Awa Konan", "Ben Otieno"), rounds.asks("NPL", "Sita Rai")
    return SimpleNamespace(pledge=rounds.pledge_of(people, 4 * rounds.seat()), kenya=kenya, nepal=nepal)


@pytest.fixture
def travel(people):
    return accounts.person("travel_officer")


@pytest.fixture
def given(people, asked):
    """A round gave Kenya's first and Nepal's only person a seat; Kenya's second stands on the reserve list."""
    round_ = rounds.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    services.approve(round_, actor=people.finance.actor, version=None)
    return asked
