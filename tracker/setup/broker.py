"""Short questions to the parts that the tracker stands on; each gives up within two seconds."""

from contextlib import closing

import redis


def ask_broker(url: str) -> None:
    """Ping Redis or Valkey, for half a second at most. Raise what it raises: RedisError or OSError."""
    with closing(_client(url)) as client:
        client.ping()


def ask_time(url: str) -> float:
    """The broker's clock, in seconds since 1970. Raise RedisError or OSError."""
    with closing(_client(url)) as client:
        seconds, millionths = client.time()
    return seconds + millionths / 1_000_000


def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


def broker_answers(url: str) -> bool:
    """Whether Redis or Valkey answers a ping."""
    try:
        ask_broker(url)
    except (redis.RedisError, OSError):
        return False
    return True
