"""What happens when: acts are written down in any order and played in the order of time, each at its own moment."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.calendar.now import now, shifted

Act = Callable[[], object]
Progress = Callable[[int, int], None]
BETWEEN_ACTS = timedelta(minutes=11)
FIRST_HOUR = 8
"""The hour (UTC) at which the first act of a day happens; the others follow `BETWEEN_ACTS` apart."""


class Schedule:
    """Acts by how many days ago they happened; days of a weekend count as the Friday before."""

    def __init__(self) -> None:
        self._loaded_at = now()
        self._order = itertools.count()
        self._acts: list[tuple[datetime, int, Act]] = []

    def on(self, days_ago: float, act: Act) -> None:
        """Write `act` down. Of one day, what was written first happens first."""
        self._acts.append((self.moment(days_ago), next(self._order), act))

    def moment(self, days_ago: float) -> datetime:
        """The morning of the day so many days ago; never later than the loading."""
        day = self._loaded_at - timedelta(days=days_ago)
        morning = day.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
        return min(morning - timedelta(days=max(0, morning.weekday() - 4)), self._loaded_at)

    def play(self, progress: Progress) -> None:
        """Let everything happen, in the order of time. `progress` is told how many acts are done, of how many."""
        latest = None
        acts = sorted(self._acts, key=lambda entry: entry[:2])
        for done, (moment, _, act) in enumerate(acts, start=1):
            latest = moment if latest is None else max(moment, latest + BETWEEN_ACTS)
            with shifted(min(latest, self._loaded_at)):
                act()
            progress(done, len(acts))
