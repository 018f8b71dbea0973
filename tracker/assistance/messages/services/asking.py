"""What a State asks for with a message: more time for its answers, an amendment, and to be heard on what was given."""

import uuid
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.checked_request import load_for_action
from tracker.assistance.conflicts import AMENDMENT_WANTED, MORE_TIME_ASKED
from tracker.assistance.incoming_note import Note, check_note
from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import KINDS, MessageKind, Side
from tracker.assistance.messages import queries
from tracker.assistance.messages.services.putting import paper_of, put
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.assistance.required_texts import needed
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.files.kinds import DOCUMENTS, PHOTOGRAPHS
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

LONGEST = timedelta(days=366)
"""How far away the day may be until which more time is asked."""


@verb
def ask_more_time(public_id: uuid.UUID, *, actor: Actor, body: str, day: date | None) -> str:
    """Ask for time until `day` to answer the office's questions. Nothing changes before an officer says yes.

    Raises Conflict while an earlier such message waits, Invalid for a day that gives no time. Gives its public id.
    """
    request = load_for_action(public_id, Action.ASK_MORE_TIME, actor=actor, version=None)
    refuse_second(request, MessageKind.MORE_TIME, MORE_TIME_ASKED)
    if day is None:
        raise Invalid(fields={"day": lazy("Enter the day until which you need time.")})
    due_on = answer_due_on(request)
    if due_on is not None and day <= due_on:
        message = lazy("You have time until %(day)s already: choose a later day.", day=format_day(due_on))
        raise Invalid(fields={"day": message})
    if not today() < day <= today() + LONGEST:
        raise Invalid(fields={"day": lazy("Choose a day within the next twelve months.")})
    message = put(request, MessageKind.MORE_TIME, actor=actor, body=body, day=day)
    return _recorded(request, MessageKind.MORE_TIME, message, actor, day=day)


def answer_due_on(request: AssistanceRequest) -> date | None:
    """The day until which the State's answers are awaited."""
    running = Clock.request_id == request.id, Clock.name == "answer", Clock.stopped_at.is_(None)
    due_at = db.session.scalar(sa.select(Clock.due_at).where(*running))
    return working_days.day_of(due_at) if due_at else None


@verb
def say_not_as_described(
    public_id: uuid.UUID, *, actor: Actor, body: str, activity: uuid.UUID | None, upload: Any = None
) -> str:
    """Say that what was given is not as the office describes it; an officer has to answer. Gives its public id."""
    request = load_for_action(public_id, Action.SAY_NOT_AS_DESCRIBED, actor=actor, version=None)
    about = next((row for row in queries.delivered_activities(request) if row.public_id == activity), None)
    if about is None:
        raise Invalid(fields={"activity": lazy("Choose what was delivered.")})
    message = put(
        request,
        MessageKind.NOT_AS_DESCRIBED,
        actor=actor,
        body=body,
        activity_id=about.id,
        file_id=paper_of(request, upload, actor=actor, kinds=DOCUMENTS),
    )
    return _recorded(request, MessageKind.NOT_AS_DESCRIBED, message, actor, activity_id=about.id)


@verb
def want_amendment(public_id: uuid.UUID, *, actor: Actor, body: str, note: Note) -> str:
    """Ask in the State's name for other terms, with the note verbale that says so. The terms stay until an officer
    prepares an amendment and a manager signs it. Gives its public id."""
    request = load_for_action(public_id, Action.WANT_AMENDMENT, actor=actor, version=None)
    refuse_second(request, MessageKind.AMENDMENT, AMENDMENT_WANTED)
    check_note(note)
    if not note.file:
        raise Invalid(fields={"file": lazy("Choose the file of the note verbale.")})
    message = put(
        request,
        MessageKind.AMENDMENT,
        actor=actor,
        body=body,
        note_issuer=needed(note.issuer, "issuer"),
        note_reference=needed(note.reference, "note_reference"),
        note_dated=note.dated,
        file_id=paper_of(request, note.file, actor=actor, kinds=PHOTOGRAPHS),
    )
    return _recorded(request, MessageKind.AMENDMENT, message, actor)


def refuse_second(request: AssistanceRequest, kind: MessageKind, why: Any) -> None:
    """Raise Conflict while a message of this kind still waits for its answer."""
    if queries.owed(request, Side.OFFICE, [kind]):
        raise Conflict(why)


def _recorded(request: AssistanceRequest, kind: MessageKind, message: Any, actor: Actor, **data: Any) -> str:
    name = str(KINDS[kind].events[Side.STATE])
    events.record(name, request, actor=actor, message_id=message.id, **data)
    return str(message.public_id)
