"""Removing the content of a document that should never have been handed in: one proposes, another confirms."""

import uuid
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.assistance.erasures import ENDED
from tracker.assistance.handling import services
from tracker.assistance.handling.services.erasing import document, waiting_erasure
from tracker.assistance.lifecycle import ERASURE_GROUNDS, Action
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.files.models import File
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, confirmed, load_for
from tracker.triage.forms import ErasureForm, WaitingErasureForm
from tracker.web.access import access, sent_before
from tracker.web.forms import read_version

TEMPLATE = "triage/case/documents/erasing.html"


@bp.route("/requests/<uuid:public_id>/files/<uuid:file_id>/erase", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def propose_erasure(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """Propose that the content of a document goes."""
    found, form = load_for(public_id, Action.PROPOSE_ERASURE), ErasureForm()
    confirmation = Confirmation(
        Action.PROPOSE_ERASURE,
        title=_("Remove the content of this document?"),
        submit=_("Propose the removal"),
        done=_("Proposed. Another person of the office confirms it."),
        event="assistance.erasure_proposed",
        template=TEMPLATE,
        will=[
            (_("Nothing is removed yet: another person of the office has to confirm it."), True),
            (_("Name and hash of the document stay, and your reason, which the State reads."), True),
        ],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.propose_erasure(
            public_id, file_public_id=file_id, ground=form.ground.data, reason=form.reason.data, **how
        ),
        file=document(found, file_id),
    )


@bp.route("/requests/<uuid:public_id>/erasure", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def erase(public_id: uuid.UUID) -> Any:
    """Confirm what a colleague proposed: the content goes for good."""
    found = load_for(public_id, Action.ERASE)
    confirmation = Confirmation(
        Action.ERASE,
        title=_("Confirm the removal of this document's content?"),
        submit=_("Remove the content for good"),
        done=_("The content of the document was removed. The State is told."),
        event="assistance.document_erased",
        template=TEMPLATE,
        risk=True,
        will=[
            (_("The content is removed for good; nobody can read it here any more."), False),
            (_("Name and hash of the document stay on both sides' pages, with the reason."), True),
            (_("Backups made before keep it until they expire."), False),
        ],
    )
    return _confirmed(found, confirmation, services.erase)


@bp.route("/requests/<uuid:public_id>/erasure/drop", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def drop_erasure(public_id: uuid.UUID) -> Any:
    """Take the proposal back."""
    found = load_for(public_id, Action.DROP_ERASURE)
    confirmation = Confirmation(
        Action.DROP_ERASURE,
        title=_("Drop the proposed removal?"),
        submit=_("Drop it"),
        done=_("Dropped. The document stays as it is."),
        template=TEMPLATE,
        will=[(_("The document stays as it is, and can be read as before."), True)],
    )
    return _confirmed(found, confirmation, services.drop_erasure)


def _confirmed(found: Any, confirmation: Confirmation, act: Any) -> Any:
    """Ask about the removal that waits; what is sent names the one that was read. Raises Conflict when none waits."""
    waits, form = waiting_erasure(found), WaitingErasureForm()
    if waits is None and not sent_before():
        raise Conflict(ENDED)
    if request.method == "GET" and waits is not None:
        form.erasure.data = str(waits.id)
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: act(found.public_id, erasure=read_version(form.erasure.data), **how),
        file=db.session.get(File, waits.file_id) if waits is not None else None,
        erasure=waits,
        ground=_(ERASURE_GROUNDS[waits.ground]) if waits is not None else "",
    )
