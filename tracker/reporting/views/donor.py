"""The donor's reports: the sessions that its own money pays, and one of them."""

from typing import Any

from flask import render_template

from tracker.participation.seats.reactions import is_over
from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.blueprint import bp
from tracker.reporting.describing import plots
from tracker.reporting.donor_tables import for_donor
from tracker.reporting.figures import report
from tracker.reporting.files import notice, sent, wanted, written
from tracker.reporting.public_tables import public_blocks
from tracker.reporting.publishing import publication
from tracker.web.access import access, current_actor


@bp.get("/donor/reports")
@access("donor")
def donor_reports() -> Any:
    """The sessions of which the donor's money pays something."""
    return render_template("reporting/donor_reports.html", sessions=queries.sessions_paid_by(current_actor()))


@bp.get("/donor/reports/<code>")
@access("donor")
def donor_report(code: str) -> Any:
    """What the donor's money pays of a session, and what is published of the whole of it once it is over."""
    session, form = reference.get_session(code), wanted()
    found = report(queries.facts_for_donor(session, current_actor()))
    published = public_blocks(publication(*queries.facts_for_public(session))) if is_over(session) else ()
    shown = for_donor(session, found, list(published), notice=notice())
    if form:
        return sent(form, shown, f"report-{session.code}-donor")
    return render_template(
        "reporting/donor_report.html", session=session, document=shown, plots=plots(shown, found, written, own=True)
    )
