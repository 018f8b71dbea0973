"""Who was given which role by whom, for those who watch over it."""

from typing import Any

from flask import render_template, request

from tracker.accounts import queries
from tracker.accounts.blueprint import bp
from tracker.events import sentences
from tracker.rights.actor import ROLE_WATCHERS
from tracker.web.access import access, current_actor
from tracker.web.reading import read_row

PAGE = 25


@bp.get("/settings/roles")
@access(*ROLE_WATCHERS)
def roles() -> Any:
    """Every change of roles, the newest first."""
    changes = queries.role_changes(current_actor(), before=read_row(request.args.get("before")), limit=PAGE)
    following = changes[PAGE - 1].id if len(changes) > PAGE else None
    return render_template(
        "accounts/roles.html",
        changes=changes[:PAGE],
        following=following,
        sentence=lambda change: sentences.of(change.event).office,
    )
