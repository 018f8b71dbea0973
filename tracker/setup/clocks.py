"""Whether the machines of an installation agree about the time: leases, expiry and due dates compare their clocks."""

import contextlib
from datetime import UTC, datetime
from time import time

import redis
import sqlalchemy as sa

from tracker.extensions import db
from tracker.settings.configuration import Settings
from tracker.setup import broker, queries

TOLERANCE = 5.0
"""Seconds by which two clocks may differ; answers take a moment, too."""


def differences(settings: Settings) -> dict[str, float]:
    """By how many seconds each clock that can be asked is ahead of this machine's."""
    found: dict[str, float] = {}
    if not settings.is_sqlite:
        at: datetime = db.session.scalar(sa.text("SELECT clock_timestamp()"))
        found["database"] = at.astimezone(UTC).timestamp() - time()
    with contextlib.suppress(redis.RedisError, OSError):  # that it does not answer is another check's
        found["broker"] = broker.ask_time(settings.redis_url) - time()
    since = queries.seconds_since_sign_of_life()
    if since is not None and since < 0:
        found["worker"] = -since
    return found


def in_words(found: dict[str, float]) -> list[str]:
    """A sentence for each clock that is too far from ours."""
    return [
        f"The {whose}'s clock is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} this machine's."
        for whose, seconds in found.items()
        if abs(seconds) > TOLERANCE
    ]
