"""What auditors opened: their reading is on the record, and this is where it is read."""

from typing import Any

from flask import render_template, request

from tracker.desks.blueprint import bp
from tracker.desks.queries import openings as queries
from tracker.rights.actor import SECRET_READERS
from tracker.web.access import access, current_actor
from tracker.web.reading import read_row

PAGE = 25


@bp.get("/settings/opened")
@access(*SECRET_READERS)
def openings() -> Any:
    """Each case, file and person that an auditor opened, the newest first."""
    before = read_row(request.args.get("before"))
    rows = queries.openings(current_actor(), before=before, limit=PAGE)
    following = rows[PAGE - 1].id if len(rows) > PAGE else None
    return render_template("desks/openings.html", rows=rows[:PAGE], following=following)
