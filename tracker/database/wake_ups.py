"""Wake-ups for the workers. The database carries the truth; a wake-up that is lost only costs time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

from tracker.database.transactions import after_commit, in_transaction
from tracker.extensions import celery

log = structlog.get_logger()
_nobody_waits: ContextVar[bool] = ContextVar("wakeups_nobody_waits", default=False)


@contextmanager
def unsent() -> Iterator[None]:
    """Send no wake-ups inside the block (while a demonstration is loaded); the sweep finds what is left to do."""
    token = _nobody_waits.set(True)
    try:
        yield
    finally:
        _nobody_waits.reset(token)


def wake(task: str, *ids: int) -> None:
    """Send a task by its name, after the commit when one is open. Never raises, never waits long:
    without a broker the sweep of the beat finds what is due once the broker is back."""
    if in_transaction():
        after_commit(_Wake(task, ids))
    else:
        _send(task, ids)


class _Wake:
    """A wake-up that equals another of the same task and ids, so that one transaction sends it once."""

    def __init__(self, task: str, ids: tuple[int, ...]) -> None:
        self.what = (task, ids)

    def __call__(self) -> None:
        _send(*self.what)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Wake) and self.what == other.what

    def __hash__(self) -> int:
        return hash(self.what)


def _send(task: str, ids: tuple[int, ...]) -> None:
    if _nobody_waits.get() or not celery.conf.broker_url:
        return
    try:
        celery.send_task(task, args=ids, retry=False, ignore_result=True)
    except Exception as reason:  # whatever the broker does must not undo or delay a committed act
        log.warning("wake-up not sent", task=task, reason=str(reason))
