"""The only clock of the tracker: drills and the demonstration can shift it, production cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

VIENNA = ZoneInfo("Europe/Vienna")

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))
_may_shift = [True]  # a cell, so that production can close it
_followed: list[Path] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _by_the_clock() + _shift.get()


def today() -> date:
    """Today's date at the office in Vienna: references, closing dates and working days count there."""
    return now().astimezone(VIENNA).date()


def _by_the_clock() -> datetime:
    """The clock of the machine, or of the drill that all processes of it follow."""
    if not _followed:
        return datetime.now(UTC)
    return datetime.now(UTC) + timedelta(seconds=float(_followed[0].read_text()))


def forbid_shifting() -> None:
    """Make `shifted` and `follow` refuse from now on (called when the application starts in production)."""
    _may_shift[0] = False


def follow(file: Path | None) -> None:
    """Be ahead by the seconds that stand in the file, whatever they come to be: one clock for every process of a
    drill. None: by the clock of the machine again."""
    _refuse_in_production()
    _followed[:] = [file] if file else []


@contextmanager
def shifted(moment: datetime) -> Iterator[None]:
    """Let `now()` begin at `moment` (aware) and run on from there inside the block."""
    _refuse_in_production()
    token = _shift.set(moment - _by_the_clock())
    try:
        yield
    finally:
        _shift.reset(token)


def _refuse_in_production() -> None:
    if not _may_shift[0]:
        raise RuntimeError("The clock cannot be shifted in production.")
