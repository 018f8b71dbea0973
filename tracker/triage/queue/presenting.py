"""The names of the queue's views and its counts, in the reader's words."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import g
from flask_babel import gettext as _

from tracker.assistance.lifecycle import Status
from tracker.extensions import db
from tracker.languages.formatting import format_number
from tracker.languages.marking import N_
from tracker.rights.actor import REQUEST_READERS, Actor
from tracker.triage.queue import queries
from tracker.triage.queue.filters import Filters

VIEW_NAMES = {
    "open": N_("Open"),
    "overdue": N_("Overdue"),
    "nobody": N_("Nobody yet"),
    "mine": N_("Mine"),
    "state": N_("Waiting for a State"),
    "unsigned": N_("To sign"),
    "messages": N_("Messages to answer"),
}


def bounded(count: int) -> str:
    """A count that stopped at its bound."""
    most = queries.MOST
    return _("over %(most)s", most=format_number(most)) if count > most else format_number(count)


def menu_counts(actor: Actor) -> Mapping[str, int]:
    """The figures of the side menu; a page that has read them already puts them into `g`."""
    if not actor.has(*REQUEST_READERS):
        return {}
    counted = g.get("triage_counts")
    if counted is None:
        counted = db.session.execute(menu_select(actor)).one()._asdict()
    return {name: min(counted[name], queries.MOST) for name in ("queue", "clarifications")}


def menu_select(actor: Actor) -> Any:
    """The statement of the side menu's figures, for pages that read it with other things."""
    return sa.select(
        queries.bounded_count(Filters(), actor).label("queue"),
        queries.bounded_count(Filters(status=Status.CLARIFICATION), actor).label("clarifications"),
    )
