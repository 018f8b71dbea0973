"""The demonstration is loaded on any day of the week."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.calendar.now import shifted
from tracker.demo import meetings
from tracker.demo.participants import read
from tracker.demo.schedule import Schedule

SOME_MONDAY = datetime(2026, 11, 30, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize("day", range(7))
def test_a_seminar_is_said_to_be_held_once_its_people_have_left(monkeypatch, day):
    """Sessions begin on a Monday and acts never stand on a weekend: both move with the day of the loading."""
    session = next(one for one in read("sessions")["session"] if one["code"] == "DEMO-S")
    sitting = next(one for one in read("rounds")["round"] if one["session"] == "DEMO-S")
    with shifted(SOME_MONDAY + timedelta(days=day)):
        schedule = Schedule()
        starts = meetings.first_day(session, schedule.moment(session["opened"]).date())
        left = starts + timedelta(days=session["lasts"] + 1)
        for act in (session["held"], sitting["travelled"], sitting["enter"], sitting["settle"]):
            assert schedule.moment(act).date() >= left


def test_it_is_loaded_years_from_now(app):
    """Requests count their days from the loading, or from a session that was held once: money fits both for good."""
    with shifted(SOME_MONDAY + timedelta(days=1_000)):
        assert "requests," in app.test_cli_runner().invoke(args=["demo", "load"]).output
