"""The authority takes a request back."""

import uuid

from tracker import events
from tracker.assistance import clocks, queries
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import Decision
from tracker.assistance.policies import RULES
from tracker.assistance.reasons import keep_reason
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.languages.marking import one_text
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def withdraw(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Take the request back. Clocks stop, a prepared decision falls, and money held for it is released in the
    same transaction (pledges react to the event; their failure undoes the withdrawal)."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.WITHDRAW, actor, rule_facts_of(request.id))
    if against := missing(Kind(request.kind), Action.WITHDRAW, request):
        raise Conflict(one_text(against.values()))
    before = request.status
    why = keep_reason(request, Action.WITHDRAW, reason, actor=actor)
    request.apply(Action.WITHDRAW, version=version, withdrawal_reason=why, edit_key=None)
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
