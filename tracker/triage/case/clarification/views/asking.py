"""Ask the State, also with questions that were kept."""

import uuid
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.assistance.clarification import services
from tracker.assistance.lifecycle import Action
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.clarification.forms import AskForm
from tracker.triage.case.clarification.queries import question_templates
from tracker.triage.case.confirmation import Confirmation, confirmed, load_for
from tracker.web.access import access, current_actor


@bp.route("/requests/<uuid:public_id>/ask", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def ask(public_id: uuid.UUID) -> Any:
    """Questions to the State, each about one answer of the request; kept questions can be put in."""
    found = load_for(public_id, Action.ASK_CLARIFICATION)
    kept = question_templates(current_actor().language)
    form = AskForm()
    if "put_in" in request.form:
        form.put_in(_ticked(kept))
    form.about(found.kind)
    confirmation = Confirmation(
        Action.ASK_CLARIFICATION,
        title=_("Ask the State"),
        submit=_("Send the questions"),
        done=_("Questions sent. The clock of the decision stands still until the answer."),
        event="assistance.clarification_asked",
        template="triage/case/clarification/ask.html",
        will=[
            (_("The clock of the decision stands still; the State's clock for its answer starts."), True),
            (_("Only the answers you ask about open for the State."), True),
        ],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.ask_clarification(public_id, questions=form.asked(), **how),
        kept=kept,
    )


def _ticked(kept: list[Any]) -> list[tuple[str, str]]:
    """The kept questions that are to be put into the form: pairs of field and text."""
    wanted = set(request.form.getlist("use"))
    return [(row.field, row.text) for row in kept if str(row.id) in wanted]
