"""Questions to the State, each on a field, and questions that the office keeps for reuse."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import load_for_action, stale_with_present_state
from tracker.assistance.fields import editing, table
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Clarification, Question
from tracker.assistance.queries.visible import load_whole
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
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
    assistance_request = load_for_action(public_id, Action.ASK_CLARIFICATION, actor=actor, version=version)
    asked = _checked_questions(assistance_request, questions)
    whole = load_whole(public_id, actor)
    before = {field: editing.value_of(whole, field) for field, _text in asked}
    with stale_with_present_state(assistance_request):
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


def _checked_questions(
    assistance_request: AssistanceRequest, questions: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The questions with words in them, each on a field of this kind of request. Raises Invalid."""
    allowed = {one.name for one in table.of_kind(assistance_request.kind)}
    asked = [(field, shown(text)) for field, text in questions if shown(text)]
    if not asked:
        raise Invalid(fields={"questions": lazy("Write at least one question.")})
    if any(field not in allowed for field, _text in asked):
        raise Invalid(fields={"questions": lazy("Choose for each question the answer that it is about.")})
    return asked
