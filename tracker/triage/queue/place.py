"""The filters, the order and the position in the queue, as the address carries them, so that Back and Next keep
them."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day
from tracker.reference.names import state_name
from tracker.triage.presenting import group_name, kind_label, marking_label, status_label
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.presenting import VIEW_NAMES
from tracker.triage.queue.queries import Sort, Surroundings


@dataclass(frozen=True, slots=True)
class Place:
    """Filters, order and, on a request's page, the position (a cursor of the queue)."""

    filters: Filters
    sort: Sort
    at: str = ""

    @classmethod
    def here(cls) -> "Place":
        """The place that the present address names."""
        arguments = request.args
        return cls(Filters.read(arguments), Sort.read(arguments.get("sort", "")[:20]), arguments.get("at", "")[:600])

    @property
    def query(self) -> dict[str, Any]:
        """The parts of the address."""
        order: dict[str, Any] = {} if self.sort == Sort() else {"sort": str(self.sort)}
        return {**self.filters.as_query(), **order}

    @property
    def whole_query(self) -> dict[str, Any]:
        """The same with the position."""
        return {**self.query, "at": self.at} if self.at else self.query

    @property
    def narrowed_further(self) -> bool:
        """One of the filters below "More filters" is set, so they are shown."""
        return any((self.filters.session, self.filters.since, self.filters.marking))

    @property
    def queue_url(self) -> str:
        return url_for("triage.queue", **self.query)

    def sorted_by(self, name: str) -> tuple[str, str]:
        """The address of the queue ordered by a column, the other way round when it is already; and aria-sort."""
        current = self.sort.name == name
        turned = Sort(name, current and not self.sort.descending)
        direction = ("descending" if self.sort.descending else "ascending") if current else ""
        order: dict[str, Any] = {} if turned == Sort() else {"sort": str(turned)}
        query: dict[str, Any] = {**self.filters.as_query(), **order}
        return url_for("triage.queue", **query), direction

    def without(self, name: str) -> str:
        """The address of the queue less one filter."""
        return Place(self.filters.without(name), self.sort).queue_url


def status_words(status: str) -> str:
    """A status filter in words."""
    several = {
        "": _("Any open"),
        "closed": _("Closed"),
        "all": _("Open and closed"),
        "state": _("Waiting for a State"),
    }
    return several.get(status) or status_label(status)


def officer_words(officer: str, around: Surroundings) -> str:
    """An officer filter in words."""
    known = {"nobody": _("nobody yet"), "me": _("me")} | {str(row.public_id): row.name for row in around.officers}
    return known.get(officer, officer)


def tokens(place: Place, around: Surroundings) -> list[tuple[str, str]]:
    """Each filter in words, with the address without it."""
    words: dict[str, Any] = {
        "q": lambda v: _("Search: %(words)s", words=v),
        "kind": kind_label,
        "status": lambda v: _("Status: %(status)s", status=status_words(v)),
        "group": lambda v: group_name(None if v == "none" else v),
        "officer": lambda v: _("Officer: %(name)s", name=officer_words(v, around)),
        "state": lambda v: state_name(v, current_language()) or v,
        "session": lambda v: v,
        "since": lambda v: _("Received since %(day)s", day=_day_words(v)),
        "overdue": lambda _v: _("Overdue"),
        "marking": marking_label,
        "unsigned": lambda _v: _(VIEW_NAMES["unsigned"]),
        "messages": lambda _v: _(VIEW_NAMES["messages"]),
    }
    return [(words[name](value), place.without(name)) for name, value in place.filters.as_query().items()]


def _day_words(text: str) -> str:
    from datetime import date

    return format_day(date.fromisoformat(text))
