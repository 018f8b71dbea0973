"""Beat wakes what is due, whatever it remembers, and says little when nobody listens."""

import shelve
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import redis

from tests.services import processes
from tests.services.postgresql import wait_for
from workers.schedule import EXPIRES_AFTER, SCHEDULE

DAY = timedelta(days=1)


def sent(broker) -> int:
    """How many wake-ups wait for a worker."""
    with redis.Redis.from_url(broker.url) as client:
        return int(client.llen("celery"))


def test_no_wake_up_expires_within_five_minutes():
    assert EXPIRES_AFTER == 300
    assert min(entry["options"]["expires"] for entry in SCHEDULE.values()) >= EXPIRES_AFTER


@pytest.mark.worker
def test_a_memory_from_the_future_stops_nothing(app, settings, broker, tmp_path):
    wanted = replace(settings, redis_url=broker.url, data_dir=tmp_path)
    beat = processes.beat(wanted, tmp_path / "first.log")
    try:
        wait_for(lambda: sent(broker) > 0, seconds=20, what="a wake-up")
    finally:
        beat.stop()
    with shelve.open(str(tmp_path / "run" / "beat-schedule"), writeback=True) as memory:
        assert len(memory["entries"]) >= len(SCHEDULE)
        for entry in memory["entries"].values():
            entry.last_run_at += DAY
    broker.empty()
    beat = processes.beat(wanted, tmp_path / "second.log")
    try:
        wait_for(lambda: sent(broker) >= len(SCHEDULE), seconds=20, what="every entry once")
    finally:
        beat.stop()


@pytest.mark.worker
def test_without_a_broker_it_says_so_in_one_line_a_minute(app, settings, broker, tmp_path):
    wanted = replace(settings, redis_url=broker.url, data_dir=tmp_path)
    beat = processes.beat(wanted, tmp_path / "beat.log")
    try:
        wait_for(lambda: sent(broker) > 0, seconds=20, what="a wake-up")
        broker.kill()
        beat.wait_for_line("no broker takes what is due", seconds=30)
        seen = time.monotonic() + 6
        wait_for(lambda: time.monotonic() > seen, seconds=20, what="further entries")
    finally:
        beat.stop()
    said = beat.log.read_text()
    assert said.count("no broker takes") == 1
    assert "Traceback" not in said
