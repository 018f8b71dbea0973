"""The only clock of the tracker: drills and the demonstration can shift it, production cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIENNA = ZoneInfo("Europe/Vienna")

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))
_may_shift = [True]  # a cell, so that production can close it


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift.get()


def today() -> date:
    """Today's date at the office in Vienna: references, closing dates and working days count there."""
    return now().astimezone(VIENNA).date()


def forbid_shifting() -> None:
    """Make `shifted` refuse from now on (called when the application starts in production)."""
    _may_shift[0] = False


@contextmanager
def shifted(moment: datetime) -> Iterator[None]:
    """Let `now()` begin at `moment` (aware) and run on from there inside the block."""
    if not _may_shift[0]:
        raise RuntimeError("The clock cannot be shifted in production.")
    token = _shift.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
