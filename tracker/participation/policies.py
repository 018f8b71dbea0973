"""Who may change a delegation: whoever may write the draft, or answer the question that reopened it."""

from tracker.assistance.lifecycle import Status
from tracker.assistance.policies import is_drafter, stands_in
from tracker.participation.rule_facts import DelegationFacts
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal, Rules


def delegation_is_open(actor: Actor, facts: DelegationFacts) -> Refusal | None:
    """The draft is open, or a clarification reopened the delegates."""
    if {"delegates", "needs"} & facts.reopened_fields:
        return None
    return stands_in(Status.DRAFT)(actor, facts)


RULES: Rules[DelegationFacts] = {"nominate": (is_drafter, delegation_is_open)}
