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
    said = {"actor": current_actor(), "version": form.version_number, "replies": replies, "values": values}
    try:
        for upload in form.uploads():
            fields_services.attach(public_id, actor=current_actor(), upload=upload)
        if rows.changes_rows(request.form) or request.form.get("then") == "keep" or not fine:
            return _keep(found, parts, form, said, fine)
        if request.form.get("then") == "hand":
            clarification.hand_to_authority(public_id, key=form.key.data, **said)
            flash(_("Your authority has the answers and is told. Nothing was sent to UNODC."))
        else:
            clarification.answer(public_id, key=form.key.data, **said)
            flash(_("The answers were sent. UNODC goes on with the review."))
    except Invalid as wrong:
        return _with_errors(found, parts, form, wrong), wrong.status
    except Forbidden as refused:
        return _kept_for_the_authority(public_id, form, said, refused), refused.status
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


def _keep(found: Any, parts: Any, form: AnswersForm, said: dict[str, Any], fine: bool) -> Any:
    """Save what is there without sending it."""
    version = clarification.save_answers(found.public_id, **said)
    if fine and not rows.changes_rows(request.form):
        flash(_("Kept as a draft, %(time)s. Nothing was sent.", time=format_moment(now())))
        return redirect(url_for(".show", public_id=found.public_id))
    rows.add_row(form, request.form)
    form.key.data, form.version.data = str(uuid.uuid4()), str(version)
    return show_page(found, parts, {"questions": form}), 200 if fine else 422


def _with_errors(found: Any, parts: Any, form: AnswersForm, wrong: Invalid) -> str:
    """The page again, with the sentences."""
    form.add_errors(wrong.fields or {"": wrong.message})
    return show_page(found, parts, {"questions": form})


def _kept_for_the_authority(public_id: uuid.UUID, form: AnswersForm, said: dict[str, Any], refused: Forbidden) -> str:
    """Save the answers that the actor may write and not send, and show them again with what they would change.

    Who may not write them either is refused once more by saving.
    """
    version = clarification.save_answers(public_id, **said)
    found = queries.get_visible(public_id, current_actor())
    form.key.data, form.version.data = str(uuid.uuid4()), str(version)
    form.add_errors({"": refused.message})
    return show_page(found, queries.parts_of(found), {"questions": form})


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
