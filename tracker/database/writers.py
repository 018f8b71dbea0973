"""How long a thread of the site may wait to write: at most half of them do, so that pages are read while a writer is
held up, and a page that writes down by the way that it was opened does not wait at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy.exc

from tracker.errors import Unavailable
from tracker.extensions import db
from tracker.languages.marking import lazy

SECONDS_AT_THE_DOOR = 1.0
"""How long a writer waits for one of those inside, when none of them has been there for so long itself."""
MILLISECONDS_BY_THE_WAY = 200
"""How long a page waits for whoever writes, when it is only to be read."""

by_the_way: ContextVar[bool] = ContextVar("by_the_way", default=False)
"""Whether what is being answered is the reading of a page."""


class Door:
    """Lets so many write at a time. One who has to wait gives up soon where those inside are held up themselves."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: dict[object, float] = {}
        self._moved = threading.Condition()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be inside for the length of a transaction. Raises Unavailable where it is too full."""
        me = object()
        with self._moved:
            until = time.monotonic() + self._patience()
            while len(self._inside) >= self._most:
                moment = time.monotonic()
                stuck = moment - min(self._inside.values()) > SECONDS_AT_THE_DOOR
                if stuck or moment >= until:
                    raise Unavailable(lazy("Too much is being saved at this moment. Try again in a few seconds."))
                self._moved.wait(until - moment)
            self._inside[me] = time.monotonic()
        try:
            yield
        finally:
            with self._moved:
                del self._inside[me]
                self._moved.notify()

    @staticmethod
    def _patience() -> float:
        return MILLISECONDS_BY_THE_WAY / 1000 if by_the_way.get() else SECONDS_AT_THE_DOOR


_doors: list[Door] = []


def admit_at_most(writers: int) -> None:
    """Let so many threads of this process write at a time; until this is said, any number."""
    _doors[:] = [Door(writers)]


@contextmanager
def admitted() -> Iterator[None]:
    """The length of one write transaction. Raises Unavailable where too many write or wait already."""
    if not _doors:
        yield
        return
    with _doors[0].entered():
        yield


def unless_busy(write: Callable[[], Any]) -> bool:
    """Write something down that the page before one does not depend on; False where another writer is in the way."""
    try:
        write()
    except (Unavailable, sqlalchemy.exc.OperationalError):
        db.session.rollback()
        return False
    return True
