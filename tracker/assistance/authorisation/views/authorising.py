"""The authority's pages: read and submit with the note verbale, return to the drafter, decide who may see what."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.authorisation import services
from tracker.assistance.authorisation.forms import ConsentForm, NoteForm, ReturnForm
from tracker.assistance.blueprint import bp
from tracker.assistance.fields.facts import facts_of
from tracker.assistance.fields.handling_parts import fill_consents, read_consents
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import KIND_LABELS, MARKING_LABELS, Action, Kind, Marking
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/<uuid:public_id>/authorise", methods=["GET", "POST"])
@access("authorising_officer")
def authorise(public_id: uuid.UUID) -> Any:
    """Release the request in the State's name: note verbale, consents, who will be told."""
    found = load_for(public_id, Action.SUBMIT)
    form = NoteForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.submit(
            public_id, version=form.version_number, note=_note(form), consents=tuple(read_consents(form)), **by
        ),
        page=lambda: _authorise_page(found, form),
        done=_("Submitted. UNODC verifies the note verbale and confirms the receipt."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
        beside="file",
    )


def _note(form: NoteForm) -> Note:
    return Note(form.issuer.data, form.note_reference.data, form.dated.data, form.file.data)


def _authorise_page(found: Any, form: NoteForm) -> str:
    parts = queries.parts_of(found)
    return render_template(
        "assistance/authorisation/authorise.html",
        found=found,
        title=title_of(found),
        kind=_(KIND_LABELS[Kind(found.kind)]),
        marking=_(MARKING_LABELS[Marking(found.marking)]),
        parts=parts,
        facts=facts_of(found, parts),
        form=form,
        told=audience_in_words("assistance.submitted", found, current_actor()),
    )


@bp.route("/<uuid:public_id>/return", methods=["GET", "POST"])
@access("authorising_officer")
def return_to_draft(public_id: uuid.UUID) -> Any:
    """Give the request back to the drafter with what should be changed."""
    found = load_for(public_id, Action.RETURN_TO_DRAFT)
    form = ReturnForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.return_to_draft(public_id, version=form.version_number, reason=form.reason.data, **by),
        page=lambda: render_template(
            "assistance/authorisation/return.html",
            found=found,
            title=title_of(found),
            form=form,
            told=audience_in_words("assistance.returned_to_draft", found, current_actor()),
        ),
        done=_("Returned to the drafter."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )


@bp.route("/<uuid:public_id>/consent", methods=["GET", "POST"])
@access("authorising_officer")
def consent(public_id: uuid.UUID) -> Any:
    """Give or revoke the State's consent, field by field and audience by audience."""
    found = load_for(public_id, Action.SET_CONSENT)
    parts = queries.parts_of(found)
    standing = [f"{row.field}:{row.audience}" for row in parts.consents]
    form = ConsentForm(version=str(found.version), data=fill_consents(standing))
    return confirmed(
        form,
        lambda **by: services.set_consent(
            public_id, version=form.version_number, consents=tuple(read_consents(form)), **by
        ),
        page=lambda: render_template(
            "assistance/authorisation/consent.html", found=found, title=title_of(found), parts=parts, form=form
        ),
        done=_("Saved. It holds from now on."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )
