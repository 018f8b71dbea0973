"""What officers do first: verify the note verbale and take up, return the note, note down, step back."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import (
    change,
    load_for_action,
    stale_with_present_state,
)
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, InternalNote, NoteVerbale, Recusal
from tracker.assistance.queries.nobody import has_no_officer
from tracker.assistance.reasons import keep_reason
from tracker.assistance.required_texts import required
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.rights.actor import Actor


@verb
def take_up(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Verify the note verbale and begin the review; the receipt goes out. Nobody's request becomes the actor's."""
    assistance_request = load_for_action(public_id, Action.TAKE_UP, actor=actor, version=version)
    at = now()
    with stale_with_present_state(assistance_request):
        assistance_request.apply(
            Action.TAKE_UP,
            version=version,
            taken_up_at=at,
            assigned_to_id=sa.case((has_no_officer(), actor.person_id), else_=AssistanceRequest.assigned_to_id),
        )
    update_where(
        NoteVerbale, NoteVerbale.id == assistance_request.note_id, verified_at=at, verified_by_id=actor.person_id
    )
    clocks.follow(assistance_request, Action.TAKE_UP, actor=actor)
    events.record(
        "assistance.taken_up",
        assistance_request,
        actor=actor,
        note_id=assistance_request.note_id,
        officer_id=assistance_request.assigned_to_id,
    )


@verb
def return_note(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Give the note verbale back to the authority, saying why it is not in order; the clocks end."""
    required(reason=reason)
    assistance_request = load_for_action(public_id, Action.RETURN_NOTE, actor=actor, version=version)
    why = keep_reason(assistance_request, Action.RETURN_NOTE, reason, actor=actor)
    with stale_with_present_state(assistance_request):
        assistance_request.apply(Action.RETURN_NOTE, version=version, return_reason=why)
    update_where(
        NoteVerbale,
        NoteVerbale.id == assistance_request.note_id,
        returned_at=now(),
        returned_by_id=actor.person_id,
        return_reason=why,
    )
    clocks.follow(assistance_request, Action.RETURN_NOTE, actor=actor)
    events.record("assistance.note_returned", assistance_request, actor=actor, note_id=assistance_request.note_id)


@verb
def add_note(public_id: uuid.UUID, *, actor: Actor, body: str) -> int:
    """Add an internal note, never shown to the State, donors or the public. Gives its id."""
    required(body=body)
    assistance_request = load_for_action(public_id, Action.ADD_NOTE, actor=actor, version=None)
    note = InternalNote(request_id=assistance_request.id, author_id=actor.person_id, body=body.strip())
    db.session.add(note)
    db.session.flush()
    events.record("assistance.note_added", assistance_request, actor=actor, note_id=note.id)
    return note.id


@verb
def recuse(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Declare the actor's own conflict of interest: they neither read the request any more nor act on it, and it is
    no longer assigned to them."""
    required(reason=reason)
    assistance_request = load_for_action(public_id, Action.RECUSE, actor=actor, version=version)
    db.session.add(Recusal(request_id=assistance_request.id, person_id=actor.person_id, reason=reason.strip()))
    held = assistance_request.assigned_to_id
    change(assistance_request, version=version, assigned_to_id=None if held == actor.person_id else held)
    events.record("assistance.recused", assistance_request, actor=actor, officer_id=actor.person_id)
