"""The State answers on the request's page: kept as often as one likes, sent once."""

import uuid
from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.clarification import services as clarification
from tracker.assistance.clarification.forms import AnswersForm
from tracker.assistance.fields import services as fields_services
from tracker.assistance.page.views.showing import show_page
from tracker.calendar.now import now
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.languages.formatting import format_moment
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web import rows
from tracker.web.access import access, current_actor, sent_before


@bp.post("/<uuid:public_id>/answers")
@access(*REQUEST_WRITERS)
def answer(public_id: uuid.UUID) -> Any:
    """Keep or send the answers; what cannot be read or is missing is shown where it was typed."""
    found, parts, form = _received(public_id)
    if not form.questions:
        return _closed(public_id)
    replies, (values, fine) = form.replies(), form.values()
    try:
        for upload in form.uploads():
            fields_services.attach(public_id, actor=current_actor(), upload=upload)
        if rows.changes_rows(request.form) or request.form.get("then") == "keep" or not fine:
            return _keep(found, parts, form, replies, values, fine)
        clarification.answer(
            public_id,
            key=form.key.data,
            actor=current_actor(),
            version=form.version_number,
            replies=replies,
            values=values,
        )
    except (Invalid, Forbidden) as wrong:
        return _with_errors(found, parts, form, wrong)
    flash(_("The answers were sent. UNODC goes on with the review."))
    return redirect(url_for(".show", public_id=public_id))


def _received(public_id: uuid.UUID) -> tuple[Any, Any, AnswersForm]:
    found = queries.get_visible(public_id, current_actor())
    parts = queries.parts_of(found)
    sent = CombinedMultiDict([rows.without_removed(request.form), request.files])
    return found, parts, AnswersForm.of(found, parts, sent)


def _closed(public_id: uuid.UUID) -> Any:
    """No question is open any more: a second press of the button finds that all is done, somebody else a conflict."""
    if sent_before():
        return redirect(url_for(".show", public_id=public_id))
    raise Conflict(_("These questions are closed already."))


def _keep(found: Any, parts: Any, form: AnswersForm, replies: Any, values: Any, fine: bool) -> Any:
    """Save what is there without sending it."""
    version = clarification.save_answers(
        found.public_id, actor=current_actor(), version=form.version_number, replies=replies, values=values
    )
    if fine and not rows.changes_rows(request.form):
        flash(_("Kept as a draft, %(time)s. Nothing was sent.", time=format_moment(now())))
        return redirect(url_for(".show", public_id=found.public_id))
    rows.add_row(form, request.form)
    form.key.data, form.version.data = str(uuid.uuid4()), str(version)
    return show_page(found, parts, {"questions": form}), 200 if fine else 422


def _with_errors(found: Any, parts: Any, form: AnswersForm, wrong: Any) -> Any:
    """The page again, with the sentences; a refusal keeps what was typed, so that the authority can send it."""
    fields = getattr(wrong, "fields", None)
    form.add_errors(fields if fields else {"": wrong.message})
    return show_page(found, parts, {"questions": form}), wrong.status


@bp.post("/<uuid:public_id>/answers/autosave")
@access(*REQUEST_WRITERS)
def autosave_answers(public_id: uuid.UUID) -> Any:
    """Keep the answers while they are typed; answers with the version and the time."""
    _found, _parts, form = _received(public_id)
    if not form.questions:
        raise Conflict(_("These questions are closed already."))
    values, _fine = form.values()
    version = clarification.save_answers(
        public_id, actor=current_actor(), version=form.version_number, replies=form.replies(), values=values
    )
    return jsonify(version=version, saved_at=now().isoformat(timespec="seconds"))
