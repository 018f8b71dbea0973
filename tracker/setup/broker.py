"""Short questions to the parts that the tracker stands on; each gives up within two seconds."""

import redis


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
