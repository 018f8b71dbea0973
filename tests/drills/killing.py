"""A process that kills itself at one step of its work: before or after a SQL statement, a commit, a word to the broker
or to the mail server. Which step is counted, so that each can be tried in turn."""

import os
import signal
import smtplib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from celery import Celery
from sqlalchemy.orm import Session

from tracker.extensions import db

NEVER = 1_000_000
_WORDS = ("connect", "send", "getreply")


class Steps:
    """Counts steps from the moment it is armed, and kills the process at the one that was chosen."""

    def __init__(self) -> None:
        self.taken, self.at, self.armed = 0, NEVER, False
        sa.event.listen(db.engine, "before_cursor_execute", self._step)
        sa.event.listen(db.engine, "after_cursor_execute", self._step)
        sa.event.listen(db.engine, "commit", self._step)
        sa.event.listen(Session, "after_commit", self._step)
        Celery.send_task = self._around(Celery.send_task)  # type: ignore[method-assign]
        for name in _WORDS:
            setattr(smtplib.SMTP, name, self._around(getattr(smtplib.SMTP, name)))

    def arm(self, at: int) -> None:
        """From now on; the process ends at step `at`."""
        self.taken, self.at, self.armed = 0, at, True

    def _step(self, *_: Any, **__: Any) -> None:
        if self.armed:
            self.taken += 1
            if self.taken == self.at:
                os.kill(os.getpid(), signal.SIGKILL)

    def _around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._step()
            outcome = function(*args, **kwargs)
            self._step()
            return outcome

        return counted
