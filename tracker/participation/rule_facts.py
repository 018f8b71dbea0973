"""What the rules ask of a request whose delegation is to change."""

from dataclasses import dataclass

from tracker.assistance.lifecycle import Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import open_clarification
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of


@dataclass(frozen=True, slots=True)
class DelegationFacts(RuleFacts):
    """The facts of the request; `reopened_fields` are those on which a clarification asks a question now."""

    reopened_fields: frozenset[str]


def delegation_facts_of(assistance_request: AssistanceRequest) -> DelegationFacts:
    """One statement, and one for the questions where the request stands in clarification."""
    facts = rule_facts_of(assistance_request.id)
    asked = open_clarification(assistance_request) if facts.status is Status.CLARIFICATION else None
    reopened = frozenset(question.field for question in asked.questions) if asked else frozenset()
    return DelegationFacts(**facts.by_name(), reopened_fields=reopened)
