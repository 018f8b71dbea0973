"""Any sequence of steps leaves the database where plain arithmetic says (a fiftieth of the drill's runs)."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories import pledges as make
from tests.pledges.model import Money, MoneyInEuro
from tracker.pledges import verification


@pytest.mark.parametrize("machine", [Money, MoneyInEuro], ids=["USD", "EUR"])
def test_the_database_equals_the_model(app, machine, monkeypatch):
    monkeypatch.setattr(machine, "people", make.cast(), raising=False)
    run_state_machine_as_test(
        machine, settings=settings(max_examples=5, stateful_step_count=50, deadline=None, database=None)
    )
    assert verification.verify().first_wrong is None
