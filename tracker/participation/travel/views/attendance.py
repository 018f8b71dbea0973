"""Who was expected at a session and is not in its list of participants: the officer says whether they came."""

from typing import Any

from flask import render_template

from tracker.events import on_record
from tracker.participation.blueprint import bp
from tracker.participation.seats.reactions import is_over
from tracker.participation.travel.attendance import queries
from tracker.participation.travel.attendance.services import WHAT
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_READERS
from tracker.web.access import access, current_actor


@bp.get("/sessions/<code>/travel/attendance")
@access(*TRAVEL_READERS)
def attendance(code: str) -> Any:
    """What the latest list of participants left open, and where the next one is imported."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    run = queries.latest_run(session)
    return render_template(
        "participation/travel/attendance.html",
        session=session,
        run=run,
        rows=queries.not_in_file(run, actor) if run is not None else [],
        over=is_over(session),
        may_import=actor.has("travel_officer"),
        what=WHAT,
    )
