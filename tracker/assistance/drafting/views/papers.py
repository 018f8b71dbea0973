"""Documents: the step of the form."""

import uuid
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.drafting.forms import UploadForm
from tracker.assistance.fields import services
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.page.form_frame import draft_page, next_address
from tracker.assistance.page.loading import load_for
from tracker.errors import Invalid
from tracker.files.kinds import DOCUMENTS, extensions_of
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm


@bp.route("/<uuid:public_id>/documents", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def documents(public_id: uuid.UUID) -> Any:
    """Hand in documents one by one; without a file the form simply goes on."""
    actor = current_actor()
    found = load_for(public_id, Action.EDIT)
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
        "assistance/drafting/steps/documents.html",
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
    """Take a document out again that was not handed in yet."""
    services.detach(public_id, key=KeyedForm().key.data, actor=current_actor(), file_public_id=file_id)
    flash(_("The document was removed."))
    in_draft = queries.get_visible(public_id, current_actor()).status == Status.DRAFT
    return redirect(url_for(".documents" if in_draft else ".show", public_id=public_id))
