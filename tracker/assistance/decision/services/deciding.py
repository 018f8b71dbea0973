"""A decision is prepared by one person and signed by another; until it is signed nothing is sent."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import change, load_for_action_with_facts, stale_with_present_state
from tracker.assistance.conflicts import NO_DECISION_WAITS
from tracker.assistance.decision.amounts import must_be_argued
from tracker.assistance.decision.queries import may_be_joined
from tracker.assistance.lifecycle import SIGNS, Action, Outcome
from tracker.assistance.models import AssistanceRequest, Decision
from tracker.assistance.required_texts import required
from tracker.assistance.rule_facts import DecisionFacts, RuleFacts
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

EVENTS = {
    Outcome.ACCEPTED: "assistance.accepted",
    Outcome.DECLINED: "assistance.declined",
    Outcome.REFERRED: "assistance.referred",
    Outcome.MERGED: "assistance.merged",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a decision would say. `amount_minor` is in US cents, the fund's currency; `reasons` go to the State.

    An acceptance says how human rights were considered: what was looked at, and which conditions it led to; one of more
    than was asked, or of nothing, says why in `amount_reason`, and one for participation names no amount. A referral
    needs to whom and the day on which the State agreed; a merger needs the reference of the request it joins, of the
    same State and kind.
    """

    outcome: Outcome
    reasons: str
    amount_minor: int | None = None
    scope: str = ""
    conditions: str = ""
    referred_to: str = ""
    state_agreed_on: date | None = None
    merged_into: str = ""
    human_rights: str = ""
    amount_reason: str = ""


@verb
def prepare_decision(public_id: uuid.UUID, *, actor: Actor, version: int | None, proposal: Proposal) -> str:
    """Write down what somebody else is to sign. Gives the decision's public id. Raises Conflict when one waits."""
    required(reasons=proposal.reasons)
    assistance_request, facts = load_for_action_with_facts(
        public_id, Action.PREPARE_DECISION, actor=actor, version=version
    )
    if facts.prepared_decision is not None:
        raise Conflict(lazy("A decision is prepared already: sign it or drop it first."))
    joined = _checked_proposal(proposal, assistance_request, actor)
    change(assistance_request, version=version)
    decision = Decision(
        request_id=assistance_request.id,
        kind=assistance_request.kind,
        outcome=proposal.outcome,
        amount_minor=proposal.amount_minor if proposal.outcome is Outcome.ACCEPTED else None,
        scope=proposal.scope.strip(),
        conditions=proposal.conditions.strip(),
        reasons=proposal.reasons.strip(),
        amount_reason=proposal.amount_reason.strip(),
        language=actor.language,
        human_rights=proposal.human_rights.strip(),
        human_rights_language=actor.language,
        scope_language=actor.language,
        conditions_language=actor.language,
        referred_to=proposal.referred_to.strip() if proposal.outcome is Outcome.REFERRED else "",
        state_agreed_on=proposal.state_agreed_on if proposal.outcome is Outcome.REFERRED else None,
        merged_into_id=joined,
        prepared_by_id=actor.person_id,
    )
    db.session.add(decision)
    db.session.flush()
    events.record(
        "assistance.decision_prepared",
        assistance_request,
        actor=actor,
        decision_id=decision.id,
        outcome=proposal.outcome.value,
    )
    return str(decision.public_id)


def _checked_proposal(proposal: Proposal, assistance_request: AssistanceRequest, actor: Actor) -> int | None:
    """Refuse what a decision of this outcome cannot lack; gives the id of the request to join."""
    if proposal.outcome is Outcome.ACCEPTED:
        must_be_argued(assistance_request, proposal)
    if proposal.outcome is Outcome.REFERRED:
        required(referred_to=proposal.referred_to)
        if proposal.state_agreed_on is None:
            raise Invalid(fields={"state_agreed_on": lazy("A request is referred only when the State has agreed.")})
        if proposal.state_agreed_on > today():
            raise Invalid(fields={"state_agreed_on": lazy("This day is still to come.")})
    if proposal.outcome is not Outcome.MERGED:
        return None
    joined = _request_to_join(proposal.merged_into, assistance_request, actor)
    if joined is None:
        raise Invalid(
            fields={"merged_into": lazy("Write the reference of another open request of the same State and kind.")}
        )
    return joined


def _request_to_join(reference: str, assistance_request: AssistanceRequest, actor: Actor) -> int | None:
    return db.session.scalar(
        sa.select(AssistanceRequest.id).where(
            AssistanceRequest.reference == reference.strip().upper(), *may_be_joined(assistance_request, actor)
        )
    )


@verb
def drop_decision(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Take a prepared decision back, with the reason for the file; the request stays in review."""
    required(reason=reason)
    assistance_request, facts = load_for_action_with_facts(
        public_id, Action.DROP_DECISION, actor=actor, version=version
    )
    decision = waiting(facts)
    change(assistance_request, version=version)
    close_preparation(decision, dropped_at=now(), dropped_reason=reason.strip())
    events.record("assistance.decision_dropped", assistance_request, actor=actor, decision_id=decision.id)


@verb
def sign_decision(public_id: uuid.UUID, *, actor: Actor, version: int | None, decision: uuid.UUID) -> None:
    """Sign what another person prepared: the status changes, the clock of the decision ends, the State is told.

    `decision` is the one the person read: another one that was prepared meanwhile is not signed by mistake.
    """
    action = _action_of(decision)
    assistance_request, facts = load_for_action_with_facts(public_id, action, actor=actor, version=version)
    prepared = waiting(facts)
    if prepared.public_id != decision:
        raise Conflict(lazy("This decision was replaced: read the one that waits now."))
    at = now()
    # The request's row comes first in every verb, then the decision's: the other order would let two verbs wait
    # for each other.
    with stale_with_present_state(assistance_request):
        assistance_request.apply(
            action,
            version=version,
            decision_id=prepared.id,
            decided_at=at,
            merged_into_id=prepared.merged_into_id,
        )
    close_preparation(prepared, signed_at=at, signed_by_id=actor.person_id)
    clocks.follow(assistance_request, action, actor=actor)
    joined = (AssistanceRequest, [prepared.merged_into_id]) if prepared.merged_into_id is not None else None
    events.record(
        EVENTS[prepared.outcome],
        assistance_request,
        actor=actor,
        also_about=joined,
        decision_id=prepared.id,
        prepared_by_id=prepared.prepared_by_id,
        amount_minor=prepared.amount_minor,
        merged_into_id=prepared.merged_into_id,
    )


def _action_of(decision: uuid.UUID) -> Action:
    """Which action signs this decision; an unknown one is refused by the rules of accepting."""
    outcome = db.session.scalar(sa.select(Decision.outcome).where(Decision.public_id == decision))
    return SIGNS[Outcome(outcome)] if outcome else Action.ACCEPT


def waiting(facts: RuleFacts) -> DecisionFacts:
    """The decision that waits for a signature. Raises Conflict when none does."""
    if facts.prepared_decision is None:
        raise Conflict(NO_DECISION_WAITS)
    return facts.prepared_decision


def close_preparation(decision: DecisionFacts, **facts: object) -> None:
    """Sign or drop: whichever comes first, the other finds nothing left to change."""
    changed = update_where(
        Decision,
        Decision.id == decision.id,
        Decision.signed_at.is_(None),
        Decision.dropped_at.is_(None),
        version=Decision.version + 1,
        **facts,
    )
    if not changed:
        raise Conflict(lazy("Somebody else has just signed or dropped this decision."))
