"""The one clock: shifted for a test, followed by all processes of a drill, never in production."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.services.processes import environment
from tracker.calendar import now
from tracker.settings.configuration import Settings

HOUR, SOON = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def ahead(tmp_path):
    """A file that says by how many seconds the clock is ahead."""
    file = tmp_path / "clock-ahead"
    file.write_text("3600")
    yield file
    now.follow(None)


def difference() -> timedelta:
    return now.now() - datetime.now(UTC)


def test_follows_what_the_file_comes_to_say(ahead):
    now.follow(ahead)
    assert abs(difference() - HOUR) < SOON
    ahead.write_text("7200.5")
    assert abs(difference() - 2 * HOUR) < SOON
    now.follow(None)
    assert abs(difference()) < SOON


def test_a_moment_that_is_shifted_to_begins_there_whatever_clock_is_followed(ahead):
    now.follow(ahead)
    noon = datetime(2030, 5, 5, 12, tzinfo=UTC)
    with now.shifted(noon):
        assert noon <= now.now() < noon + SOON
    assert abs(difference() - HOUR) < SOON


def test_production_neither_shifts_nor_follows(ahead, monkeypatch):
    monkeypatch.setattr(now, "_may_shift", [True])
    now.forbid_shifting()
    with pytest.raises(RuntimeError):
        now.follow(ahead)
    with pytest.raises(RuntimeError), now.shifted(datetime.now(UTC)):
        pass
    assert abs(difference()) < SOON


def test_every_process_of_a_drill_is_told_of_the_clock(tmp_path, ahead):
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "CLOCK_FILE": str(ahead)})
    assert settings.clock_file == ahead
    assert Settings.from_env(environment(settings)).clock_file == ahead
    assert Settings.from_env({"DATA_DIR": str(tmp_path)}).clock_file is None
