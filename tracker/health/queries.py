"""Short questions to the parts that the tracker stands on; each gives up within two seconds."""

from datetime import datetime

import redis
import sqlalchemy as sa

from tracker.database import UtcDateTime
from tracker.extensions import db
from tracker.now import now

# What waits to be sent; the age of the oldest says more than whether a process is up.
OLDEST_DUE = sa.text(
    "SELECT min(due_at) AS due_at FROM deliveries WHERE status IN ('pending') AND digest_id IS NULL"
).columns(due_at=UtcDateTime)


def oldest_due_delivery_seconds() -> int:
    """How long the oldest due delivery has been waiting; 0 when none is. Raise what the database raises."""
    due: datetime | None = db.session.scalar(OLDEST_DUE)
    return max(0, int((now() - due).total_seconds())) if due else 0


def ask_broker(url: str) -> None:
    """Ping Redis or Valkey, for half a second at most. Raise what it raises: RedisError or OSError."""
    client = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        client.ping()
    finally:
        client.close()


def broker_answers(url: str) -> bool:
    """Whether Redis or Valkey answers a ping."""
    try:
        ask_broker(url)
    except (redis.RedisError, OSError):
        return False
    return True
