"""Days as an iCalendar feed (RFC 5545), for whoever keeps deadlines in a calendar of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Assistance Tracker//deadlines//"


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more whole days. `key` stays the same when the days or the words change, so that a calendar moves its
    entry and does not gain a second one."""

    key: str
    title: str
    first: date
    last: date
    changed_at: datetime
    url: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day is not before the first")


def as_icalendar(entries: Iterable[Entry], *, name: str, language: str, host: str) -> bytes:
    """The feed of these entries under a name; `host` makes their keys unlike those of any other tracker."""
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT}{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, host))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # RFC 5545: the end of whole days is the day after
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    if entry.place:
        event.add("location", entry.place)
    return event
