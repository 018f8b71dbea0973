"""Handing every paper of a request to those who may see the request, and setting one aside that was handed in."""

import uuid
from typing import Any

import sqlalchemy as sa
from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.fields import services
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Attachment
from tracker.assistance.page.forms import ReplaceForm, StrikeForm
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.errors import NotFound
from tracker.events import opened
from tracker.extensions import db
from tracker.files import queries as files
from tracker.files.kinds import DOCUMENTS, extensions_of
from tracker.files.sending import send
from tracker.rights.actor import REQUEST_READERS, REQUEST_WRITERS
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.get("/<uuid:public_id>/files/<uuid:file_id>")
@access("state", *REQUEST_READERS)
def file(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """One paper of a request; internal ones are for the office only."""
    actor = current_actor()
    found = queries.get_visible(public_id, actor)
    paper = files.get(file_id, subject=found)
    internal = sa.select(Attachment.id).where(Attachment.file_id == paper.id, Attachment.internal)
    if actor.is_staff:
        # what a State has added to its answers and not sent yet is its own
        if paper.handed_in_at is None and db.session.scalar(internal) is None:
            raise NotFound
    elif db.session.scalar(internal) is not None:
        raise NotFound
    opened(paper, actor=actor, part_of=(AssistanceRequest, found.id))
    return send(paper)


@bp.route("/<uuid:public_id>/documents/<uuid:file_id>/strike", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def strike_document(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """Say that a document that was handed in no longer counts."""
    found, paper = _set_aside(public_id, file_id, Action.STRIKE_DOCUMENT)
    form = StrikeForm()
    will = [
        (_("The document no longer counts and is shown as struck out, with your reason."), False),
        (_("Your State and UNODC can still read it."), True),
    ]
    return confirmed(
        form,
        lambda **by: services.strike_document(public_id, file_public_id=file_id, reason=form.reason.data, **by),
        page=lambda: _page("strike", found, paper, form, will),
        done=_("The document was struck out."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )


@bp.route("/<uuid:public_id>/documents/<uuid:file_id>/replace", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def replace_document(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """Hand in a later version of a document."""
    found, paper = _set_aside(public_id, file_id, Action.REPLACE_DOCUMENT)
    form = ReplaceForm()
    will = [
        (_("The later version counts from now on."), True),
        (_("The earlier one stays readable for your State and UNODC, with your reason."), True),
    ]
    return confirmed(
        form,
        lambda **by: services.replace_document(
            public_id, file_public_id=file_id, upload=form.file.data, reason=form.reason.data, **by
        ),
        page=lambda: _page("replace", found, paper, form, will),
        done=_("The later version was handed in."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
        beside="file",
    )


def _set_aside(public_id: uuid.UUID, file_id: uuid.UUID, action: Action) -> tuple[Any, Any]:
    """The request and its document, when the actor may set it aside now."""
    found = load_for(public_id, action)
    paper = next((one for one in queries.parts_of(found).papers if one.public_id == file_id), None)
    if paper is None or paper.handed_in_at is None:
        raise NotFound
    return found, paper


def _page(what: str, found: Any, paper: Any, form: KeyedForm, will: list[tuple[str, bool]]) -> str:
    event = {"strike": "assistance.document_struck", "replace": "assistance.document_replaced"}[what]
    return render_template(
        f"assistance/page/{what}.html",
        found=found,
        title=title_of(found),
        paper=paper,
        form=form,
        will=will,
        told=audience_in_words(event, found, current_actor()),
        accept=",".join(extensions_of(DOCUMENTS)),
    )
