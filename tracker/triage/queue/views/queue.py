"""The queue."""

from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.lifecycle import CLOSED, KIND_LABELS, MARKING_LABELS, OPEN, Status
from tracker.languages.choosing import current_language
from tracker.languages.marking import N_
from tracker.participation.queries import sizes_of
from tracker.reference.lifecycle import REGIONAL_GROUPS
from tracker.rights.actor import REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.presenting import group_name, kind_label, marking_label, status_label
from tracker.triage.queue import queries
from tracker.triage.queue.place import Place, status_words, tokens
from tracker.triage.queue.presenting import VIEW_NAMES, bounded
from tracker.triage.queue.queries import Surroundings
from tracker.triage.queue.sorts import SORTS
from tracker.web.access import access, current_actor

ORDERS = (
    ("clock", N_("Clock, the most urgent first")),
    ("-received", N_("Received, the newest first")),
    ("received", N_("Received, the oldest first")),
    ("reference", N_("Reference")),
    ("state", N_("State")),
    ("-amount", N_("Amount, the highest first")),
    ("status", N_("Status")),
    ("officer", N_("Officer")),
)


@bp.get("/queue", endpoint="queue")
@access(*REQUEST_READERS)
def queue_page() -> Any:
    """Rows in the chosen order, with what narrows them; the size is 25, or 100 for whoever likes long pages."""
    actor, place = current_actor(), Place.here()
    around = queries.surroundings(place.filters, actor=actor)
    g.triage_counts = {"queue": around.counts["open"], "clarifications": around.counts["clarifications"]}
    page = queries.rows(
        place.filters,
        actor=actor,
        sort=place.sort,
        holidays=around.holidays,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
        size=100 if request.args.get("size") == "100" else queries.PAGE,
    )
    return render_template(
        "triage/queue/queue.html",
        place=place,
        page=page,
        around=around,
        delegations=sizes_of(page.rows),
        views=_views(place, around),
        tokens=tokens(place, around),
        choices=_choices(around),
        summary=_summary(page, around),
        columns=[(name, *place.sorted_by(name)) for name in SORTS],
    )


def _summary(page: queries.Page, around: Surroundings) -> str:
    """How much is shown of how much; what a search finds is not counted."""
    shown = len(page.rows)
    if "here" in around.counts:
        return ngettext(
            "%(num)d shown of %(all)s", "%(num)d shown of %(all)s", shown, all=bounded(around.counts["here"])
        )
    if page.after:
        return ngettext("%(num)d shown, there are more", "%(num)d shown, there are more", shown)
    return ngettext("%(num)d shown", "%(num)d shown", shown)


def _views(place: Place, around: Surroundings) -> list[tuple[str, str, bool, str | None]]:
    """Built-in views with their bounded counts, then the person's own."""
    items: list[tuple[str, str, bool, str | None]] = []
    for name, filters in queries.VIEWS:
        url = Place(filters, queries.Sort()).queue_url
        items.append((_(VIEW_NAMES[name]), url, place.filters == filters, bounded(around.counts[name])))
    here = urlencode(place.query)
    base = url_for("triage.queue")
    return items + [(view.name, f"{base}?{view.query}", view.query == here, None) for view in around.saved]


def _choices(around: Surroundings) -> dict[str, list[tuple[str, str]]]:
    """The choices of every filter, as pairs of value and words."""
    french = current_language() == "fr"
    statuses = [s for s in Status if s in OPEN] + [s for s in Status if s in CLOSED] + [Status.AWAITING_AUTHORISATION]
    return {
        "kind": [("", _("All")), *((kind.value, kind_label(kind)) for kind in KIND_LABELS)],
        "status": [
            ("", _("Any open")),
            *((status.value, status_label(status)) for status in statuses),
            *((name, status_words(name)) for name in ("state", "closed", "all")),
        ],
        "group": [
            ("", _("All groups")),
            *((code, group_name(code)) for code in REGIONAL_GROUPS),
            ("none", group_name(None)),
        ],
        "officer": [
            ("", _("Anyone")),
            ("me", _("Me")),
            ("nobody", _("Nobody yet")),
            *((str(row.public_id), row.name) for row in around.officers),
        ],
        "session": [("", _("All")), *((s.code, s.title_fr if french else s.title_en) for s in around.sessions)],
        "sort": [(name, _(words)) for name, words in ORDERS],
        "marking": [("", _("All")), *((marking.value, marking_label(marking)) for marking in MARKING_LABELS)],
    }
