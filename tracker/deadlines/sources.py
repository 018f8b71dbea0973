"""Where deadlines come from: each capability registers what it knows, so that this room knows none of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is to be done until the end of a day (Vienna).

    `key` stays the same while day and words change, so that a calendar moves its entry. `title` says what is to be
    done, `about` of what (a reference, a session's code); without `about_outside` the reference stands on the page
    only and never in a calendar, which others may read. `whose` names who has to act, "" where it is the reader.
    """

    key: str
    day: date
    title: str
    about: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    whose: str = ""
    changed_at: datetime | None = None
    about_outside: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are asked for, both included, and the most deadlines that a source gives."""

    first: date
    last: date
    most: int


Source = Callable[[Actor, Window], Iterable[Deadline]]
"""Deadlines of an actor in a window, limited to what the actor may see; texts in the language of the moment."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Make a source known, once in create_app."""
    if source not in _sources:
        _sources.append(source)


def deadlines_of(actor: Actor, window: Window) -> list[Deadline]:
    """What every source knows, the earliest first, at most `window.most`."""
    found = [one for source in _sources for one in source(actor, window)]
    found.sort(key=lambda one: (one.day, one.about, one.title))
    return found[: window.most]
