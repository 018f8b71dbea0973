"""What officers do until a decision can be prepared: take up, return the note, ask, note down, step back."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks, field_table, fields
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import (
    AssistanceRequest,
    Clarification,
    InternalNote,
    NoteVerbale,
    Question,
    QuestionTemplate,
    Recusal,
)
from tracker.assistance.policies import is_officer
from tracker.assistance.queries.visible import load_whole
from tracker.assistance.services.opening import both_texts, change, opened, opened_with_facts, required
from tracker.database import update_where, verb
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.i18n import lazy
from tracker.now import now
from tracker.policy import Actor


@verb
def take_up(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Verify the note verbale and begin the review; the receipt goes out. Nobody's request becomes the actor's."""
    assistance_request = opened(public_id, Action.TAKE_UP, actor=actor, version=version)
    at = now()
    with both_texts(assistance_request):
        assistance_request.apply(
            Action.TAKE_UP,
            version=version,
            taken_up_at=at,
            assigned_to_id=sa.func.coalesce(AssistanceRequest.assigned_to_id, actor.person_id),
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
    assistance_request = opened(public_id, Action.RETURN_NOTE, actor=actor, version=version)
    with both_texts(assistance_request):
        assistance_request.apply(Action.RETURN_NOTE, version=version, return_reason=reason)
    update_where(
        NoteVerbale,
        NoteVerbale.id == assistance_request.note_id,
        returned_at=now(),
        returned_by_id=actor.person_id,
        return_reason=reason,
    )
    clocks.follow(assistance_request, Action.RETURN_NOTE, actor=actor)
    events.record("assistance.note_returned", assistance_request, actor=actor, note_id=assistance_request.note_id)


@verb
def ask_clarification(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    questions: Sequence[tuple[str, str]],
) -> int:
    """Put questions, each on a field, to the State; the decision's clock stands still until the answer.

    `questions` are pairs of field and text. Each keeps the field's present value, so that the difference can be
    shown when the answer is there. Gives the clarification's id.
    """
    assistance_request = opened(public_id, Action.ASK_CLARIFICATION, actor=actor, version=version)
    asked = _checked(assistance_request, questions)
    whole = load_whole(public_id, actor)
    before = {field: fields.value_of(whole, field) for field, _text in asked}
    with both_texts(assistance_request):
        assistance_request.apply(Action.ASK_CLARIFICATION, version=version)
    round_ = Clarification(request_id=assistance_request.id, asked_by_id=actor.person_id)
    db.session.add(round_)
    db.session.flush()
    db.session.add_all(_written(round_, asked, before, language=actor.language))
    clocks.follow(assistance_request, Action.ASK_CLARIFICATION, actor=actor)
    events.record(
        "assistance.clarification_asked",
        assistance_request,
        actor=actor,
        clarification_id=round_.id,
        fields=[field for field, _text in asked],
    )
    return round_.id


def _written(
    round_: Clarification, asked: list[tuple[str, str]], before: dict[str, Any], *, language: str
) -> Iterator[Question]:
    """The questions as rows, each with the value that its field has before the answer."""
    for position, (field, text) in enumerate(asked):
        yield Question(
            clarification_id=round_.id,
            position=position,
            field=field,
            text=text,
            language=language,
            before=before[field],
        )


def _checked(assistance_request: AssistanceRequest, questions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The questions with words in them, each on a field of this kind of request. Raises Invalid."""
    allowed = {one.name for one in field_table.of_kind(assistance_request.kind)}
    asked = [(field, text.strip()) for field, text in questions if text.strip()]
    if not asked:
        raise Invalid(fields={"questions": lazy("Write at least one question.")})
    if any(field not in allowed for field, _text in asked):
        raise Invalid(fields={"questions": lazy("Choose for each question the answer that it is about.")})
    return asked


@verb
def add_note(public_id: uuid.UUID, *, actor: Actor, body: str) -> int:
    """Add an internal note, never shown to the State, donors or the public. Gives its id."""
    required(body=body)
    assistance_request = opened(public_id, Action.ADD_NOTE, actor=actor, version=None)
    note = InternalNote(request_id=assistance_request.id, author_id=actor.person_id, body=body.strip())
    db.session.add(note)
    db.session.flush()
    events.record("assistance.note_added", assistance_request, actor=actor, note_id=note.id)
    return note.id


@verb
def recuse(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Declare the actor's own conflict of interest: they no longer act on the request, and it leaves their hands."""
    required(reason=reason)
    assistance_request, facts = opened_with_facts(public_id, Action.RECUSE, actor=actor, version=version)
    if actor.person_id in facts.recused_ids:
        raise Conflict(lazy("You have already declared a conflict of interest."))
    db.session.add(Recusal(request_id=assistance_request.id, person_id=actor.person_id, reason=reason.strip()))
    held = assistance_request.assigned_to_id
    change(assistance_request, version=version, assigned_to_id=None if held == actor.person_id else held)
    events.record("assistance.recused", assistance_request, actor=actor, officer_id=actor.person_id)


# --- reusable questions -----------------------------------------------------------------------------------


@verb(events=0)
def add_question_template(*, actor: Actor, field: str, text: str) -> int:
    """Keep a question for later use, in the actor's language. Gives its id."""
    _refuse_others(actor)
    required(text=text)
    if field not in field_table.labels():
        raise Invalid(fields={"field": lazy("Choose what the question is about.")})
    template = QuestionTemplate(field=field, text=text.strip(), language=actor.language, made_by_id=actor.person_id)
    db.session.add(template)
    db.session.flush()
    return template.id


@verb(events=0)
def end_question_template(template_id: int, *, actor: Actor) -> None:
    """Take a reusable question out of use; the questions that were asked with it stay."""
    _refuse_others(actor)
    if not update_where(
        QuestionTemplate, QuestionTemplate.id == template_id, QuestionTemplate.ended_at.is_(None), ended_at=now()
    ):
        raise NotFound


def _refuse_others(actor: Actor) -> None:
    refusal = is_officer(actor, None)
    if refusal is not None:
        raise Forbidden(refusal)
