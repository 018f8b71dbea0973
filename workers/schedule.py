"""What beat wakes, and how often. Each entry only wakes a task: the database knows what is due.

An entry that no worker took expires, so that sweeps never queue for long; not before five minutes, because a worker
throws away what has expired by its own clock, which may be ahead of the beat's."""

from typing import Any

HOUR = 3600.0
EXPIRES_AFTER = 300.0


def every(seconds: float, task: str) -> dict[str, Any]:
    """Wake `task` every so many seconds, and forget a wake-up that nobody took."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, EXPIRES_AFTER)}}


SCHEDULE = {
    "expand events into deliveries": every(5.0, "notifications.dispatch"),
    "send what is due": every(5.0, "notifications.deliver"),
    "find what was left behind": every(10.0, "notifications.sweep"),
    "take up long work that was left": every(15.0, "jobs.run"),
    "look at clocks and instalments": every(HOUR, "clocks.sweep"),
    "draw photographs that were left": every(300.0, "files.draw"),
    "let go of pieces of files": every(600.0, "files.forget_pieces"),
    "leave a sign of life": every(10.0, "housekeeping.sign_of_life"),
    "throw away what has served": every(6 * HOUR, "housekeeping.tidy"),
}
