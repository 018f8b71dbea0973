"""Documents: the step of the form, and handing every paper of a request to those who may see the request."""

import uuid
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from tracker.access import access, current_actor
from tracker.assistance import queries, services
from tracker.assistance.forms.acts import UploadForm
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import Attachment
from tracker.assistance.views import bp
from tracker.assistance.views.pages import draft_page, next_address, opened
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.files import queries as files
from tracker.files.kinds import DOCUMENTS, extensions_of
from tracker.files.views import send
from tracker.forms import KeyedForm
from tracker.policy import REQUEST_READERS, REQUEST_WRITERS


@bp.route("/<uuid:public_id>/documents", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def documents(public_id: uuid.UUID) -> Any:
    """Hand in documents one by one; without a file the form simply goes on."""
    actor = current_actor()
    found = opened(public_id, Action.EDIT)
    form = UploadForm()
    if form.validate_on_submit():
        if not form.file.data:
            leave = request.form.get("then") == "leave"
            return redirect(url_for(".show", public_id=public_id) if leave else next_address(found, "documents"))
        try:
            services.attach(
                public_id, key=form.key.data, actor=actor, upload=form.file.data, label=form.label.data or ""
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields or {"file": wrong.message})
        else:
            flash(_("The document was added."))
            return redirect(url_for(".documents", public_id=public_id))
    page = draft_page(
        "assistance/steps/documents.html",
        found,
        "documents",
        form=form,
        parts=queries.parts_of(found),
        accept=",".join(extensions_of(DOCUMENTS)),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<uuid:public_id>/documents/<uuid:file_id>/remove")
@access(*REQUEST_WRITERS)
def remove_document(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """Take a document out again."""
    services.detach(public_id, key=KeyedForm().key.data, actor=current_actor(), file_public_id=file_id)
    flash(_("The document was removed."))
    return redirect(url_for(".documents", public_id=public_id))


@bp.get("/<uuid:public_id>/files/<uuid:file_id>")
@access("state", *REQUEST_READERS)
def file(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """One paper of a request; internal ones are for the office only."""
    actor = current_actor()
    found = queries.get_visible(public_id, actor)
    paper = files.get(file_id, subject=found)
    internal = sa.select(Attachment.id).where(Attachment.file_id == paper.id, Attachment.internal)
    if not actor.is_staff and db.session.scalar(internal) is not None:
        raise NotFound
    return send(paper)
