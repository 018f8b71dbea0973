"""What of Celery's own words is worth a line in a log, so that a log can be read and does not fill the disk."""

import logging
from time import monotonic

AGAIN_AFTER = 60.0
"""Seconds after which it is said again that no broker takes what is due."""


def worth_a_line(record: logging.LogRecord) -> bool:
    """Not that a sweep was sent, taken and done, which is said ten thousand times a day, unless --loglevel debug."""
    routine = record.levelno == logging.INFO and not str(record.msg).startswith("beat:")
    return not routine or logging.getLogger().isEnabledFor(logging.DEBUG)


class WithoutABroker(logging.Filter):
    """Beat tells with two traces, for every entry every few seconds, that no broker took it: one line a minute does."""

    def __init__(self) -> None:
        super().__init__()
        self.said_at: float | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is said; what is said of an absent broker becomes short."""
        if not str(record.msg).startswith("Message Error"):
            return True
        if self.said_at is not None and monotonic() - self.said_at < AGAIN_AFTER:
            return False
        self.said_at = monotonic()
        reason = record.args[0] if isinstance(record.args, tuple) and record.args else ""
        record.msg, record.args = "beat: no broker takes what is due, said once a minute: %s", (reason,)
        record.exc_info = record.exc_text = None
        return True
