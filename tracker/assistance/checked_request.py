"""What every verb on one request does first: read it again, compare versions, ask the rules."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tracker.assistance.lifecycle import STATUS_LABELS, Action, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.policies import RULES
from tracker.assistance.queries.visible import get_visible
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.errors import Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOVED = lazy("Somebody changed this request while you had it open.")


def checked(public_id: uuid.UUID, action: Action, *, actor: Actor, version: int | None) -> AssistanceRequest:
    """The request as it stands now, when the actor may do `action` to the version they saw.

    Raises NotFound, Stale (with what stands there now) or Forbidden (with the rule's sentence).
    """
    return checked_with_facts(public_id, action, actor=actor, version=version)[0]


def checked_with_facts(
    public_id: uuid.UUID, action: Action, *, actor: Actor, version: int | None
) -> tuple[AssistanceRequest, RuleFacts]:
    """The same, with the facts that the rules were asked about: recusals, the decisions in force and prepared."""
    assistance_request = get_visible(public_id, actor)
    if version is not None and version != assistance_request.version:
        raise Stale(MOVED, theirs=present_state(assistance_request))
    facts = rule_facts_of(assistance_request.id)
    authorize(RULES, action, actor, facts)
    return assistance_request, facts


@contextmanager
def both_texts(assistance_request: AssistanceRequest) -> Iterator[None]:
    """Have a Stale raised inside carry what stands there now, so that the person can compare."""
    try:
        yield
    except Stale as stale:
        raise Stale(stale.message, theirs=present_state(assistance_request)) from None


def change(assistance_request: AssistanceRequest, *, version: int | None, **facts: Any) -> None:
    """Write facts that are not the status under the version the person saw. Raises Stale."""
    seen = assistance_request.version if version is None else version
    changed = update_where(
        AssistanceRequest,
        AssistanceRequest.id == assistance_request.id,
        AssistanceRequest.version == seen,
        AssistanceRequest.status == assistance_request.status,
        version=AssistanceRequest.version + 1,
        updated_at=now(),
        **facts,
    )
    db.session.refresh(assistance_request)
    if not changed:
        raise Stale(MOVED, theirs=present_state(assistance_request))


def present_state(assistance_request: AssistanceRequest) -> dict[str, Any]:
    """What a person whose page was out of date needs to see of the present one."""
    now_there: dict[str, Any] = {"status": lazy(STATUS_LABELS[Status(assistance_request.status)][1])}
    facts = rule_facts_of(assistance_request.id)
    decision = facts.prepared_decision or facts.decision
    if decision is not None:
        now_there["reasons"] = decision.reasons
    return now_there
