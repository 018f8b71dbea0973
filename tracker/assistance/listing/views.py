"""All requests of the State, with filters that live in the address."""

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.blueprint import bp
from tracker.assistance.lifecycle import KIND_LABELS, STATUS_LABELS, Kind, Status
from tracker.assistance.listing import queries
from tracker.assistance.listing.filter_words import GROUP_LABELS, words_of
from tracker.assistance.page.other_capabilities import delegations, funding
from tracker.assistance.page.summary import status_label
from tracker.assistance.waiting_sentences import to_the_state
from tracker.web.access import access, current_actor


@bp.get("")
@access("state")
def index() -> Any:
    """The requests of the actor's State, the last changed first."""
    actor = current_actor()
    filters = queries.Filters.read(request.args)
    page = queries.own_requests(
        actor, filters, after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template(
        "assistance/listing/index.html",
        page=page,
        filters=filters,
        funding=funding([row.id for row in page.rows]),
        delegations=delegations(page.rows),
        status_label=status_label,
        waiting_line=partial(to_the_state, actor=actor),
        groups=[("", _("All")), *((name, _(label)) for name, label in GROUP_LABELS.items())],
        statuses=[("", _("Every status")), *((s.value, _(STATUS_LABELS[s][0])) for s in Status)],
        kinds=[("", _("Both kinds")), *((kind.value, _(KIND_LABELS[kind])) for kind in Kind)],
        tokens_=_tokens(filters),
    )


def _tokens(filters: queries.Filters) -> list[tuple[str, str]]:
    """What the list is narrowed to, each with the address without it."""
    here, words = filters.address(), words_of(filters)
    found = []
    for name in here:
        rest: dict[str, Any] = {other: value for other, value in here.items() if other != name}
        found.append((words[name], url_for(".index", **rest)))
    return found
