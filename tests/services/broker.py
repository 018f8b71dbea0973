"""A real Valkey for tests, on a unix socket or over TCP."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from kombu import pools

from tests.services.postgresql import wait_for
from tracker.extensions import celery
from tracker.supervisor import broker


@dataclass
class Broker:
    """One Valkey server; `url` is what REDIS_URL would be."""

    folder: Path
    socket: Path | None = None
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address in the form of REDIS_URL."""
        return f"unix://{self.socket}" if self.socket else f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Broker":
        """Start and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.socket:
            self.socket.parent.mkdir(parents=True, exist_ok=True)
        command = broker.command(self.folder, socket=self.socket, port=self.port)
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.answers, what="the broker's first answer")
        return self

    def answers(self) -> bool:
        """Whether a ping comes back."""
        try:
            return bool(self._ask("ping"))
        except (redis.RedisError, OSError):
            return False

    def empty(self) -> None:
        """Forget every task, as a broker without persistence does when it restarts."""
        self._ask("flushall")

    def kill(self) -> None:
        """End it the hard way."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def _ask(self, method: str) -> Any:
        client = redis.Redis.from_url(self.url, socket_timeout=2)
        try:
            return getattr(client, method)()
        finally:
            client.close()


def forget_connections() -> None:
    """Have the process's Celery connect anew: its pools keep the address of the broker that they first saw."""
    pools.reset()
    celery._pool = None
    celery.amqp._producer_pool = None
