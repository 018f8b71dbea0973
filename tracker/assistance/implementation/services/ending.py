"""A request for participation that ends without a seat: eligible, and nothing was given or paid."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import load_for_action_with_facts, stale_with_present_state
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.reasons import keep_reason
from tracker.assistance.rule_facts import RuleFacts
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@verb
def end_unfunded(public_id: uuid.UUID, *, actor: Actor, version: int | None, rule: str) -> None:
    """End a request for which no seat was given, or whose seats all ended before anything was paid; the State reads
    the published `rule`. Raises Invalid with what stands in the way."""
    assistance_request, facts = load_for_action_with_facts(public_id, Action.END_UNFUNDED, actor=actor, version=version)
    open_ends = in_the_way(assistance_request, facts)
    if open_ends:
        raise Invalid(next(iter(open_ends.values())), fields=open_ends)
    keep_reason(assistance_request, Action.END_UNFUNDED, rule, actor=actor)
    with stale_with_present_state(assistance_request):
        assistance_request.apply(Action.END_UNFUNDED, version=version)
    clocks.follow(assistance_request, Action.END_UNFUNDED, actor=actor)
    events.record("assistance.ended_unfunded", assistance_request, actor=actor)


def in_the_way(assistance_request: Any, facts: RuleFacts) -> dict[str, Any]:
    """What stands in the way of ending it so: an amendment that waits, and what higher capabilities say (a session to
    come, seats that stand, money)."""
    kind, found = Kind(assistance_request.kind), {}
    if kind is not Kind.PARTICIPATION:
        found["kind"] = lazy("Only a request for participation ends without a seat.")
    if facts.prepared_decision is not None:
        found["amendment"] = lazy("An amendment waits for a signature: sign it or drop it first.")
    return found | missing(kind, Action.END_UNFUNDED, assistance_request)
