"""What waits for States, and the questions that the office keeps for reuse."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import clocks
from tracker.database.seen import version_of
from tracker.errors import Invalid
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.case.clarification import services
from tracker.triage.case.clarification.forms import QuestionTemplateForm
from tracker.triage.case.clarification.queries import MOST, open_clarifications, question_templates
from tracker.triage.forms import ConfirmForm
from tracker.web.access import access, current_actor


@bp.get("/clarifications", endpoint="clarifications")
@access(*REQUEST_READERS)
def clarifications_page() -> Any:
    """Rounds of questions without an answer, the one due first at the top."""
    rounds, holidays = open_clarifications(current_actor())
    rows = [(row, clocks.glance(row.due_at, holidays)) for row in rounds[:MOST]]
    return render_template("triage/case/clarification/clarifications.html", rows=rows, cut=len(rounds) > MOST)


@bp.route("/questions", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def kept_questions() -> Any:
    """Questions kept for later: add one, or take one out of use."""
    form = QuestionTemplateForm()
    if form.validate_on_submit():
        services.add_question_template(
            key=form.key.data, actor=current_actor(), field=form.field.data, text=form.text.data
        )
        flash(_("Question kept."))
        return redirect(url_for("triage.kept_questions"))
    kept = [
        (row, ConfirmForm(formdata=None, data={"version": version_of(row.field, row.language, row.text)}))
        for row in question_templates()
    ]
    return render_template(
        "triage/case/clarification/questions.html", form=form, kept=kept
    ), 422 if form.errors else 200


@bp.post("/questions/<int:template_id>/end")
@access(*REQUEST_OFFICERS)
def end_question(template_id: int) -> Any:
    """Take a kept question out of use."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        raise Invalid(_("This page was open too long. Open it again."))
    services.end_question_template(template_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("Question taken out of use."))
    return redirect(url_for("triage.kept_questions"))
