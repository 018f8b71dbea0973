"""The cards of clarifications on the request's page: questions to answer, and those that were answered."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.clarification.forms import AnswersForm
from tracker.assistance.fields import table
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.page.cards import AFTER_FACTS, Card, CardData
from tracker.assistance.policies import RULES
from tracker.rights.rules import can


def _open(seen: CardData, refused: AnswersForm | None) -> Mapping[str, Any] | None:
    """The form in which the State answers, as it came back or with what was kept."""
    if seen.found.status != Status.CLARIFICATION:
        return None
    return {
        "form": refused or AnswersForm.of(seen.found, seen.parts),
        "questions": [question for question in seen.parts.questions if question.answered_at is None],
        "field_labels": table.labels(),
        "editors": table.editors(),
        "may_answer": can(RULES, Action.ANSWER, seen.actor, seen.facts.with_changes(())) is None,
    }


def _answered(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    answered = [question for question in seen.parts.questions if question.answered_at is not None]
    return {"questions": answered, "field_labels": table.labels()} if answered else None


CARDS = (
    Card("questions", 10, "assistance/clarification/_questions.html", _open),
    Card("answered", AFTER_FACTS, "assistance/clarification/_answered.html", _answered),
)
