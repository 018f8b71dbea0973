"""The office's report of a session."""

from typing import Any

from flask import render_template

from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.blueprint import bp
from tracker.reporting.describing import for_office, plots
from tracker.reporting.facts import Edition
from tracker.reporting.figures import report
from tracker.reporting.files import notice, sent, wanted, written
from tracker.reporting.public_tables import drawn, equity_document
from tracker.rights.actor import REQUEST_READERS
from tracker.web.access import access, current_actor


@bp.get("/sessions/<code>/report")
@access(*REQUEST_READERS)
def of_session(code: str) -> Any:
    """Everything that the office knows of a session's support, as far as the reader may read its requests."""
    session, form = reference.get_session(code), wanted()
    found = report(queries.facts_for_office(session, current_actor(), as_file=bool(form)))
    shown = for_office(session, found, as_file=bool(form), notice=notice())
    if form:
        return sent(form, shown, f"report-{session.code}-office")
    return render_template(
        "reporting/office.html",
        session=session,
        report=found,
        document=shown,
        plots=plots(shown, found, written),
    )


@bp.get("/reports/office")
@access(*REQUEST_READERS)
def over_all() -> Any:
    """Who asked and who was given over all sessions, with the reports of each."""
    form, actor = wanted(), current_actor()
    found = queries.equity_for_office(actor, as_file=bool(form))
    left_out = queries.withheld_from(actor, as_file=bool(form))
    shown = equity_document(found, Edition.OFFICE, notice=notice(), left_out=left_out)
    if form:
        return sent(form, shown, "report-all-sessions-office")
    return render_template(
        "reporting/over_all.html", equity=found, document=shown, plots=drawn(found.regions, public=False)
    )
