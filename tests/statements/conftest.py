"""A pledge with a past: what is done to its money on which day."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

import pytest

from tests.factories import pledges as make
from tests.pledges.conftest import page  # noqa: F401
from tracker.calendar import now as clock
from tracker.calendar.now import VIENNA, today


@pytest.fixture
def people(app):
    return make.people()


@contextmanager
def days_ago(number, hour=12):
    """Do what is inside on an earlier day, at that hour in Vienna."""
    day = clock.today() - timedelta(days=number)
    with clock.shifted(datetime.combine(day, time(hour), VIENNA)):
        yield today()
