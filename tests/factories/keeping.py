"""A scene with which many tests begin is built by the verbs a few times in a test process; from then on its rows and
files are put back, which is quicker. Only where nothing else
was committed before, by the true clock, and with plain arguments."""

import copy
import functools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from flask import Flask

from tracker.calendar import now as clock
from tracker.calendar.now import today
from tracker.extensions import db

P = ParamSpec("P")
Built = TypeVar("Built")
BUILT_FIRST = 1
"""How often a scene is built before it is kept: most are wanted once in a process."""


@dataclass(frozen=True)
class Kept:
    """The rows and the folder of files of a scene, with what its builder gave."""

    rows: Any
    files: Path
    given: Any


@dataclass
class Place:
    """Where scenes are built: the database of this test process, the application on it, its folder of files. `stands`
    says which scenes it holds and nothing else, each as its key; None once anything else was committed."""

    database: Any
    app: Flask
    files: Path
    stands: tuple[Any, ...] | None = ()


_place: list[Place] = []
_wanted: Counter[tuple[Any, ...]] = Counter()
_kept: dict[tuple[Any, ...], Kept] = {}


def build_at(place: Place | None) -> None:
    """Say where scenes are built from now on, in a database that is empty; None: nowhere, nothing is kept."""
    _place[:] = [place] if place else []


@sa.event.listens_for(sa.Engine, "commit")
def _something_changed(_connection: Any) -> None:
    for place in _place:
        place.stands = None


def kept(build: Callable[P, Built]) -> Callable[P, Built]:
    """Let what a builder makes be put back where it is wanted again, on an empty database or after other scenes that
    are kept. Whoever gets it has a copy of their own."""

    @functools.wraps(build)
    def wanted(*args: P.args, **named: P.kwargs) -> Built:
        if not _can_be_kept(*args, *named.values()):
            return build(*args, **named)
        place = _place[0]
        call = (build, args, tuple(sorted(named.items())), today())
        key = (*(place.stands or ()), call)
        if key in _kept:
            given = _put_back(_kept[key], place)
        else:
            given = build(*args, **named)
            _wanted[key] += 1
            if _wanted[key] > BUILT_FIRST:
                _kept[key] = _keep(given, place)
        place.stands = key
        return given

    return wanted


def _can_be_kept(*arguments: Any) -> bool:
    return bool(_place) and _place[0].stands is not None and all(map(_is_plain, arguments)) and _by_the_true_clock()


def _is_plain(one: Any) -> bool:
    return all(map(_is_plain, one)) if isinstance(one, tuple) else one is None or isinstance(one, str | int)


def _by_the_true_clock() -> bool:
    return not clock._shift.get() and not clock._followed


def _keep(given: Any, place: Place) -> Kept:
    db.session.rollback()
    files = Path(tempfile.mkdtemp(dir=place.files.parent, prefix="kept-"))
    if place.files.exists():
        shutil.copytree(place.files, files, dirs_exist_ok=True)
    return Kept(place.database.keep(), files, copy.deepcopy(given))


def _put_back(scene: Kept, place: Place) -> Any:
    db.session.remove()
    place.database.put_back(place.app, scene.rows)
    shutil.rmtree(place.files, ignore_errors=True)
    shutil.copytree(scene.files, place.files)
    return copy.deepcopy(scene.given)
