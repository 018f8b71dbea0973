"""Who may change a delegation: whoever may write the draft, or answer the question that reopened it."""

from typing import Any

from tracker.assistance.lifecycle import Status
from tracker.assistance.policies import is_drafter, stands_in
from tracker.policy import Actor, Refusal, Rules


def delegation_is_open(actor: Actor, assistance_request: Any) -> Refusal | None:
    """The draft is open, or a clarification reopened the delegates (`reopened_fields` is set by queries)."""
    if {"delegates", "needs"} & set(getattr(assistance_request, "reopened_fields", ())):
        return None
    return stands_in(Status.DRAFT)(actor, assistance_request)


RULES: Rules = {"nominate": (is_drafter, delegation_is_open)}
