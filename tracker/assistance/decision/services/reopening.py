"""The authority asks for a second look at a decline."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks, queries
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.one_per_session import refuse_second
from tracker.assistance.policies import RULES, deciders
from tracker.assistance.reasons import keep_reason
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.languages.marking import one_text
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def reopen(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Ask for a second look at a decline: once, while the clock for it runs. Another officer takes it."""
    request = queries.get_visible(public_id, actor)
    facts = rule_facts_of(request.id)
    authorize(RULES, Action.REOPEN, actor, facts)
    refuse_second(request, request.session_id)
    if against := missing(Kind(request.kind), Action.REOPEN, request):
        raise Conflict(one_text(against.values()))
    request.apply(
        Action.REOPEN,
        version=version,
        reopen_reason=keep_reason(request, Action.REOPEN, reason, actor=actor),
        reopened_at=now(),
        assigned_to_id=sa.case(
            (AssistanceRequest.assigned_to_id.in_(sorted(deciders(facts))), None),
            else_=AssistanceRequest.assigned_to_id,
        ),
    )
    clocks.follow(request, Action.REOPEN, actor=actor)
    events.record("assistance.reopened", request, actor=actor, officer_id=request.assigned_to_id)
