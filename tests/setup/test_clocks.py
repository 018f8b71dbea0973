"""`flask setup check` compares the clocks of the machines."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.database.transactions import transaction, update_where
from tracker.setup import checks, clocks, services
from tracker.setup.models import SIGN_OF_LIFE, Mark


def test_they_agree_on_one_machine(app, settings, broker):
    said = checks.clocks_agree(settings)
    assert "broker" in said
    assert ("database" in said) is not settings.is_sqlite


def test_a_worker_whose_clock_is_ahead_is_named(app, settings, broker):
    services.mark(SIGN_OF_LIFE)
    with transaction():
        update_where(Mark, Mark.name == SIGN_OF_LIFE, at=datetime.now(UTC) + timedelta(seconds=310))
    with pytest.raises(checks.Failed, match=r"^The worker's clock is 3\d\d s ahead of this machine's\. Let each"):
        checks.clocks_agree(settings)


def test_a_clock_behind_is_named_and_a_moment_is_not():
    assert clocks.in_words({"database": -7.4, "broker": 0.3}) == ["The database's clock is 7 s behind this machine's."]


def test_without_a_broker_the_others_are_compared(app, settings, broker):
    broker.kill()
    assert "broker" not in clocks.differences(settings)
