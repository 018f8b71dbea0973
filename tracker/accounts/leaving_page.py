"""What pages say before somebody loses roles: what waits for them, where that is read, who could take it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext

from tracker.accounts import queries, services
from tracker.accounts.models import Membership
from tracker.web.access import current_actor, may_enter


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of what waits: what it is, how much, where it is read if the reader may, what becomes of it."""

    what: str
    number: int
    url: str | None
    then: str
    passes: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a page shows: the lines, who can take over, and why somebody should not go yet, in sentences."""

    lines: list[Line]
    colleagues: list[Any]
    warnings: list[Any]

    @property
    def needed(self) -> bool:
        """Whether somebody has to be named who takes over."""
        return any(line.passes for line in self.lines)


def leaving(memberships: Iterable[Membership], person_public_id: Any) -> Leaving:
    """What waits where these memberships of one person would lose all their roles."""
    lines, colleagues = [], {}
    mine = list(memberships)
    for membership in mine:
        held = queries.held_by(membership)
        lines += [_line(one, str(person_public_id)) for one in held]
        passing = [one.kind for one in held if one.passes]
        for row in queries.successors(membership, passing) if passing else ():
            colleagues[row.public_id] = row
    warnings = [services.last_holder_sentence(one) for one in services.still_waiting(mine)]
    return Leaving(lines, list(colleagues.values()), warnings)


def _line(one: queries.Waits, person: str) -> Line:
    kind = one.kind
    view = current_app.view_functions.get(kind.endpoint)
    readable = view is not None and may_enter(getattr(view, "access", frozenset()), current_actor())
    url = url_for(kind.endpoint, **kind.place(person)) if readable else None
    return Line(gettext(kind.label), one.number, url, gettext(kind.then), one.passes)
