"""Questions to the State, each on a field, and questions that the office keeps for reuse."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import both_texts, checked
from tracker.assistance.fields import editing, table
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Clarification, Question, QuestionTemplate
from tracker.assistance.policies import is_officer
from tracker.assistance.queries.visible import load_whole
from tracker.assistance.required_texts import required
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


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
    assistance_request = checked(public_id, Action.ASK_CLARIFICATION, actor=actor, version=version)
    asked = _checked(assistance_request, questions)
    whole = load_whole(public_id, actor)
    before = {field: editing.value_of(whole, field) for field, _text in asked}
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
    allowed = {one.name for one in table.of_kind(assistance_request.kind)}
    asked = [(field, text.strip()) for field, text in questions if text.strip()]
    if not asked:
        raise Invalid(fields={"questions": lazy("Write at least one question.")})
    if any(field not in allowed for field, _text in asked):
        raise Invalid(fields={"questions": lazy("Choose for each question the answer that it is about.")})
    return asked


# --- reusable questions -----------------------------------------------------------------------------------


@verb(events=0)
def add_question_template(*, actor: Actor, field: str, text: str) -> int:
    """Keep a question for later use, in the actor's language. Gives its id."""
    _refuse_others(actor)
    required(text=text)
    if field not in table.labels():
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
