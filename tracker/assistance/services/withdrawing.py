"""The authority takes a request back, or asks for a second look at a decline."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks, queries
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Decision
from tracker.assistance.policies import RULES, deciders
from tracker.assistance.rule_facts import rule_facts_of
from tracker.assistance.services.authorising import needed
from tracker.database import update_where, verb
from tracker.now import now
from tracker.policy import Actor, authorize


@verb
def withdraw(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Take the request back. Clocks stop, a prepared decision falls, and money held for it is released in the
    same transaction (pledges react to the event; their failure undoes the withdrawal)."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.WITHDRAW, actor, rule_facts_of(request.id))
    before = request.status
    request.apply(Action.WITHDRAW, version=version, withdrawal_reason=needed(reason), edit_key=None)
    clocks.follow(request, Action.WITHDRAW, actor=actor)
    update_where(
        Decision,
        Decision.request_id == request.id,
        Decision.signed_at.is_(None),
        Decision.dropped_at.is_(None),
        dropped_at=now(),
        dropped_reason="withdrawn",
    )
    events.record("assistance.withdrawn", request, actor=actor, status_before=before)


@verb
def reopen(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Ask for a second look at a decline: once, while the clock for it runs. Another officer takes it."""
    request = queries.get_visible(public_id, actor)
    facts = rule_facts_of(request.id)
    authorize(RULES, Action.REOPEN, actor, facts)
    request.apply(
        Action.REOPEN,
        version=version,
        reopen_reason=needed(reason),
        reopened_at=now(),
        assigned_to_id=sa.case(
            (AssistanceRequest.assigned_to_id.in_(sorted(deciders(facts))), None),
            else_=AssistanceRequest.assigned_to_id,
        ),
    )
    clocks.follow(request, Action.REOPEN, actor=actor)
    events.record("assistance.reopened", request, actor=actor, officer_id=request.assigned_to_id)
