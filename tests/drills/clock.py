"""One clock for every process of a drill: put forward, so that nothing has to be waited for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from tests.services.postgresql import wait_for
from tracker.calendar import now
from tracker.database.wake_ups import wake
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import UNDER_WAY, Channel, Status
from tracker.notifications.models import Delivery, Dispatch
from tracker.notifications.services.claiming import anything_due

D = Delivery
LEAST_STEP = timedelta(seconds=5)
PATIENCE = 900.0
"""Seconds of the machine that workers may take for what is due at one moment."""


class Clock:
    """Named in CLOCK_FILE of every process; this one follows it inside `followed()`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock-ahead"
        self.ahead = 0.0
        self._write()

    def _write(self) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(str(self.ahead))
        new.replace(self.file)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Let this process go by the same clock."""
        now.follow(self.file)
        try:
            yield
        finally:
            now.follow(None)

    def forward(self, by: timedelta) -> None:
        """Let it be later for everybody at once."""
        self.ahead += by.total_seconds()
        self._write()

    def until_everything_ended(self, *, at_most: timedelta) -> bool:
        """Go from one moment at which something is due to the next, and wait at each until the workers have done it.
        False when something is still on its way after so long."""
        end = now.now() + at_most
        while True:
            wait_for(nothing_to_do, seconds=PATIENCE, what="an idle moment of the workers")
            moment = next_moment()
            if moment is None or moment > end:
                return moment is None
            self.forward(max(moment - now.now(), LEAST_STEP))
            for task in ("notifications.sweep", "notifications.deliver"):
                wake(task)  # in place of the beats of the time that was left out


def nothing_to_do() -> bool:
    """Whether nothing is claimed, due or still to be expanded."""
    db.session.rollback()
    leased = (D.status.in_((Status.CLAIMED, Status.SENDING)), D.lease_until > now.now())
    unexpanded = sa.exists().where(Event.id.not_in(sa.select(Dispatch.event_id)))
    busy = any(map(_is_there, (sa.exists().where(*leased), unexpanded))) or anything_due()
    db.session.rollback()
    return not busy


def _is_there(found: sa.Exists) -> bool:
    return bool(db.session.scalar(sa.select(found)))


def next_moment() -> datetime | None:
    """When something is due next, a hold ends or a lease runs out; None when all mail has ended."""
    waits = (D.channel == Channel.EMAIL, D.status.in_((*UNDER_WAY, Status.UNCERTAIN)))
    moments = [D.due_at, D.holds_until, D.lease_until]
    found = db.session.execute(sa.select(*moments).where(*waits)).all()
    db.session.rollback()
    present = now.now()
    ahead = [moment for row in found for moment in row if moment is not None and moment > present]
    return min(ahead, default=present if found else None)
