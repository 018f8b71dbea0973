"""The card of clarifications on the request's page: questions to answer. What was answered is among what was said."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.clarification.forms import AnswersForm
from tracker.assistance.fields import differences, table
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.page.cards import Card, CardData
from tracker.assistance.page.other_capabilities import own_people_told
from tracker.assistance.policies import RULES
from tracker.rights.rules import can

HANDED_OVER = "assistance.answers_handed_over"


def _open(seen: CardData, refused: AnswersForm | None) -> Mapping[str, Any] | None:
    """The form in which the State answers, as it came back or with what was kept."""
    if seen.found.status != Status.CLARIFICATION:
        return None
    form = refused or AnswersForm.of(seen.found, seen.parts)
    questions = [question for question in seen.parts.questions if question.answered_at is None]
    changes = differences.by_question(questions, seen.parts.papers)
    changed = [question.field for question in questions if question.id in changes]
    may_send = can(RULES, Action.ANSWER, seen.actor, seen.facts.with_changes(changed)) is None
    may_hand_over = can(RULES, Action.HAND_TO_AUTHORITY, seen.actor, seen.facts) is None
    return {
        "form": form,
        "questions": questions,
        "changes": changes,
        "field_labels": table.labels(),
        "editors": table.editors(),
        "may_answer": can(RULES, Action.ANSWER, seen.actor, seen.facts.with_changes(())) is None,
        "may_send": may_send,
        "may_hand_over": may_hand_over,
        "told": own_people_told(HANDED_OVER, seen.found, seen.actor) if may_hand_over and not may_send else [],
    }


CARDS = (Card("questions", 10, "assistance/clarification/_questions.html", _open),)
