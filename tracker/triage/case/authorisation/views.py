"""A request that came on paper is filed in the State's name; the note verbale is the authority's word."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.assistance.authorisation import services
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import Kind
from tracker.errors import Invalid
from tracker.files.kinds import DOCUMENTS, extensions_of
from tracker.languages.choosing import current_language
from tracker.reference import queries as reference
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.authorisation.forms import PaperForm
from tracker.triage.queue.figures import states_with_accounts
from tracker.web.access import access, current_actor


@bp.route("/paper", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def file_paper() -> Any:
    """Enter what the note verbale asks; the rest can be asked from the State afterwards."""
    form, language = PaperForm(), current_language()
    sessions = reference.sessions()
    form.offer(
        states=states_with_accounts(language),
        areas=[SelectChoice(*area[:2], optgroup=area[2]) for area in reference.grouped_areas(language)],
        sessions=[(str(session.id), session.title(language)) for session in sessions],
    )
    if form.validate_on_submit():
        try:
            public_id = _file(form)
        except Invalid as refused:
            form.add_errors(refused.fields or {"file": refused.message})
        else:
            flash(_("Request filed. It waits in the queue like any other."))
            return redirect(url_for("triage.request", public_id=public_id))
    page = render_template("triage/case/authorisation/paper.html", form=form, accept=",".join(extensions_of(DOCUMENTS)))
    return page, 422 if form.is_submitted() else 200


def _file(form: PaperForm) -> str:
    note = Note(
        issuer=form.issuer.data,
        reference=form.reference.data,
        dated=form.dated.data,
        file=form.file.data or None,
    )
    return services.file_paper_request(
        key=form.key.data,
        actor=current_actor(),
        state_code=form.state.data,
        kind=form.kind.data,
        language=form.language.data,
        values=_values(form),
        note=note,
    )


def _values(form: PaperForm) -> dict[str, Any]:
    """What was entered, as fields of the request."""
    values: dict[str, Any] = {"title": form.title.data}
    if form.kind.data == Kind.TECHNICAL:
        values["areas"] = [form.areas.data] if form.areas.data else []
        values["problem"] = form.problem.data or ""
    else:
        if form.session.data:
            values["session"] = int(form.session.data)
        values["own_contribution"] = form.problem.data or ""
    return values
