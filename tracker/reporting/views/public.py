"""What is published of sessions that are over: of each of them, and added up over all."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker.errors import NotFound
from tracker.participation.seats.reactions import is_over
from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.blueprint import bp
from tracker.reporting.facts import Edition
from tracker.reporting.files import notice, sent, wanted
from tracker.reporting.public_tables import drawn, equity_document, for_public
from tracker.reporting.publishing import publication
from tracker.web.access import access


@bp.get("/reports")
@access("public")
def published() -> Any:
    """Who asked and who was given over all sessions that are over, and the reports of each."""
    form, found = wanted(), queries.equity_for_public()
    shown = equity_document(found, Edition.PUBLIC, notice=notice())
    if form:
        return sent(form, shown, "report-all-sessions")
    return render_template("reporting/published.html", equity=found, document=shown, plots=drawn(found.regions))


@bp.get("/reports/<code>")
@access("public")
def published_session(code: str) -> Any:
    """What is published of a session that is over. Raises NotFound while it is not."""
    session, form = reference.get_session(code), wanted()
    if not is_over(session):
        raise NotFound(_("The report of a session is published once it is over."))
    found = publication(*queries.facts_for_public(session))
    shown = for_public(session, found, notice=notice())
    if form:
        return sent(form, shown, f"report-{session.code}")
    return render_template(
        "reporting/published_session.html",
        session=session,
        published=found,
        document=shown,
        plots=drawn(found.regions, found.costs),
    )
