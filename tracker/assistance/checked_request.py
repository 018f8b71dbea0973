"""What every verb on one request does first: it reads the request again, compares versions and asks the rules."""

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


def load_for_action(public_id: uuid.UUID, action: Action, *, actor: Actor, version: int | None) -> AssistanceRequest:
    """The request as it stands now, if the actor may do `action` and saw this version (None: no version is compared).

    Raises NotFound, Stale (with what stands there now) or Forbidden (with the rule's sentence).
    """
    return load_for_action_with_facts(public_id, action, actor=actor, version=version)[0]


def load_for_action_with_facts(
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
def stale_with_present_state(assistance_request: AssistanceRequest) -> Iterator[None]:
    """Give a Stale that is raised inside the block the present state, so that the page can show both texts."""
    try:
        yield
    except Stale as stale:
        raise Stale(stale.message, theirs=present_state(assistance_request)) from None


def change(assistance_request: AssistanceRequest, *, version: int | None, **facts: Any) -> None:
    """Write columns other than the status, if the row still has the version that the person saw. Raises Stale."""
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
    """What a Stale shows of the present request: its status and, if there is one, the reasons of its decision."""
    now_there: dict[str, Any] = {"status": lazy(STATUS_LABELS[Status(assistance_request.status)][1])}
    facts = rule_facts_of(assistance_request.id)
    decision = facts.prepared_decision or facts.decision
    if decision is not None:
        now_there["reasons"] = decision.reasons
    return now_there
