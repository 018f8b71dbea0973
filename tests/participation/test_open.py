"""Until when a session takes nominations: to its closing date, late ones until seats are given, none once it began."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tracker.participation.lifecycle import eligibility
from tracker.reference import nominations

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("closing_on", "starts_on", "is_open"),
    [
        (TODAY, TODAY + DAY, True),
        (TODAY + DAY, None, True),
        (TODAY + DAY, TODAY, False),
        (TODAY + DAY, TODAY - DAY, False),
        (TODAY - DAY, TODAY + DAY, False),
        (None, TODAY + DAY, False),
        (None, None, False),
    ],
)
def test_nominations_are_taken_in_time(closing_on, starts_on, is_open):
    session = SimpleNamespace(closing_on=closing_on, starts_on=starts_on)
    found = eligibility(["ldc"], session, today=TODAY, days_left=3, takes_late=False)
    assert not found.is_late
    assert found.is_open is is_open
    assert (found.closing_on, found.days_left) == (closing_on, 3)


@pytest.mark.parametrize(
    ("closing_on", "starts_on", "prepared", "is_late"),
    [
        (TODAY - DAY, TODAY + DAY, False, True),
        (TODAY - DAY, TODAY + DAY, True, False),
        (TODAY - DAY, TODAY, False, False),
        (TODAY, TODAY + DAY, False, False),
        (None, TODAY + DAY, False, False),
    ],
)
def test_late_ones_are_taken_until_a_round_is_prepared(monkeypatch, closing_on, starts_on, prepared, is_late):
    monkeypatch.setattr(nominations, "_answers", [lambda session_id: prepared and session_id == 7])
    session = SimpleNamespace(id=7, closing_on=closing_on, starts_on=starts_on)
    late = nominations.takes_late(session, TODAY)
    assert late is is_late
    found = eligibility(["ldc"], session, today=TODAY, days_left=3, takes_late=late)
    assert found.is_late is is_late
    assert found.is_open is (is_late or closing_on == TODAY)
