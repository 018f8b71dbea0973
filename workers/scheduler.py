"""Beat's scheduler, which does not wait for a time that the clock has left behind."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler
from celery.utils.time import maybe_make_aware

TOLERANCE = timedelta(seconds=1)


class Scheduler(PersistentScheduler):
    """Celery's own, with a memory that may come from the future: of a clock that was set back since, or that is ahead
    on another machine. Whatever is said to have been woken later than now is due at once."""

    def setup_schedule(self) -> None:
        """Read the memory."""
        super().setup_schedule()
        self.forget_the_future()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Wake what is due and tell how long to wait."""
        self.forget_the_future()
        return float(super().tick(*args, **kwargs))

    def forget_the_future(self) -> None:
        """Entries that were woken after now were woken one turn ago."""
        at = maybe_make_aware(self.app.now())
        ahead = [entry for entry in self.schedule.values() if maybe_make_aware(entry.last_run_at) > at + TOLERANCE]
        for entry in ahead:
            entry.last_run_at = at - entry.schedule.run_every
        if ahead:
            self._heap = None  # it holds the times of all entries by the clock as it was
