"""Take up, return the note, assign, step back, note down."""

import uuid
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.handling import services
from tracker.assistance.lifecycle import Action
from tracker.errors import Invalid
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, address_after, back_to, confirmed, load_for
from tracker.triage.case.handling.forms import NoteForm
from tracker.triage.case.note_verbale import note_of
from tracker.triage.case.views import page_of
from tracker.triage.forms import AssignForm, ConfirmForm, ReasonForm
from tracker.web.access import access, current_actor, sent_before


@bp.route("/requests/<uuid:public_id>/take-up", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def take_up(public_id: uuid.UUID) -> Any:
    """Read the note verbale once more, say that it is in order, and begin the review."""
    found = load_for(public_id, Action.TAKE_UP)
    confirmation = Confirmation(
        Action.TAKE_UP,
        title=_("Is the note verbale in order?"),
        submit=_("The note is in order: take up"),
        done=_("Request taken up. The State gets its receipt."),
        event="assistance.taken_up",
        facts={"officer_id": found.assigned_to_id or current_actor().person_id},
        template="triage/case/handling/take_up.html",
        will=[
            (_("The note verbale counts as verified by you."), True),
            (_("The clock for taking up stops; the State gets a receipt."), True),
            (_("The request is yours, unless it is assigned to somebody already."), True),
        ],
    )
    return confirmed(
        found, confirmation, ConfirmForm(), lambda how: services.take_up(public_id, **how), note=note_of(found)
    )


@bp.route("/requests/<uuid:public_id>/return-note", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def return_note(public_id: uuid.UUID) -> Any:
    """The note is not in order: back to the authority, with the reason."""
    found, form = load_for(public_id, Action.RETURN_NOTE), ReasonForm()
    confirmation = Confirmation(
        Action.RETURN_NOTE,
        title=_("Return the note verbale?"),
        submit=_("Return the note verbale"),
        done=_("Note verbale returned. The State is told."),
        event="assistance.note_returned",
        risk=True,
        will=[
            (_("The request waits for the State's authority again; it keeps its reference."), False),
            (_("The clocks end and begin anew with the next note verbale."), False),
            (_("The State reads your reason."), True),
        ],
    )
    return confirmed(
        found, confirmation, form, lambda how: services.return_note(public_id, reason=form.reason.data, **how)
    )


@bp.post("/requests/<uuid:public_id>/assign")
@access(*REQUEST_OFFICERS)
def assign(public_id: uuid.UUID) -> Any:
    """Give the request to an officer."""
    actor = current_actor()
    form = AssignForm()
    form.officer.validate_choice = False
    if not form.validate_on_submit():
        queries.get_visible(public_id, actor)
        raise Invalid(_("Choose an officer."))
    try:
        officer = uuid.UUID(form.officer.data)
    except ValueError:
        raise Invalid(_("Choose an officer.")) from None
    services.assign(public_id, key=form.key.data, actor=actor, version=form.version_number, officer=officer)
    flash(_("Request assigned."))
    return redirect(address_after(public_id))


@bp.route("/requests/<uuid:public_id>/recuse", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def recuse(public_id: uuid.UUID) -> Any:
    """Declare one's own conflict of interest."""
    if sent_before():
        return redirect(address_after(public_id))
    found, form = load_for(public_id, Action.RECUSE), ReasonForm()
    confirmation = Confirmation(
        Action.RECUSE,
        title=_("Declare a conflict of interest?"),
        submit=_("Declare the conflict of interest"),
        done=_("Noted. You no longer see this request."),
        event="assistance.recused",
        risk=True,
        will=[
            (_("You can no longer open or find the request. This cannot be taken back here."), False),
            (_("If it is assigned to you, nobody has it until somebody takes it."), False),
            (_("Your reason stays in the office."), True),
        ],
    )
    return confirmed(found, confirmation, form, lambda how: services.recuse(public_id, reason=form.reason.data, **how))


@bp.post("/requests/<uuid:public_id>/notes")
@access(*REQUEST_OFFICERS)
def add_note(public_id: uuid.UUID) -> Any:
    """Add an internal note."""
    form = NoteForm()
    if not form.validate_on_submit():
        return page_of(public_id, {"note_form": form}), 422
    services.add_note(public_id, key=form.key.data, actor=current_actor(), body=form.body.data)
    flash(_("Note added."))
    return redirect(back_to(public_id) + "#h-notes")
