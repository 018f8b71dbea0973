"""After acceptance the terms change as they were decided: one person prepares, another signs, the State is told.

The status stays. What was signed before is never written over: an amendment is a further decision.
"""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from tracker import events
from tracker.assistance.checked_request import change, load_for_action_with_facts
from tracker.assistance.conflicts import AMENDMENT_WAITS, ANSWERED_ALREADY
from tracker.assistance.decision.amounts import must_be_argued
from tracker.assistance.decision.services.deciding import close_preparation, waiting
from tracker.assistance.lifecycle import Action, Kind, Outcome, missing
from tracker.assistance.message_kinds import MessageKind
from tracker.assistance.models import AssistanceRequest, Decision, Message, MessageAnswer
from tracker.assistance.policies import NOT_ACCEPTED_HERE
from tracker.assistance.queries.visible import get_visible
from tracker.assistance.required_texts import required
from tracker.assistance.rule_facts import DecisionFacts, RuleFacts, rule_facts_of
from tracker.assistance.terms import changes, plain
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.languages.formatting import format_amount
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Amendment:
    """The terms as they would be from then on, whole. `amount_minor` is in US cents, the fund's currency; `reasons`
    go to the State and may name the paper that led to it; `wanted` is the message in which the State asked for it.
    One of more than was asked, or of nothing, says why in `amount_reason`, as a decision does. Without `human_rights`
    it stands as it was decided how they were considered."""

    reasons: str
    amount_minor: int | None
    scope: str = ""
    conditions: str = ""
    wanted: uuid.UUID | None = None
    human_rights: str | None = None
    amount_reason: str = ""


@verb
def prepare_amendment(public_id: uuid.UUID, *, actor: Actor, version: int | None, amendment: Amendment) -> str:
    """Write down the new terms that somebody else is to sign. Gives the decision's public id.

    Raises Conflict when an amendment waits already, Invalid when nothing would change or the amount is below what
    is allocated.
    """
    required(reasons=amendment.reasons)
    assistance_request, facts = _request_to_amend(public_id, actor=actor, version=version)
    if facts.prepared_decision is not None:
        raise Conflict(AMENDMENT_WAITS)
    stands = in_force(facts)
    prepared = _written(amendment, stands, actor)
    if not changes(stands, prepared):
        raise Invalid(lazy("Nothing differs from the terms in force."))
    must_be_argued(assistance_request, prepared, before_rounds=stands.before_rounds)
    change(assistance_request, version=version)
    db.session.add(prepared)
    db.session.flush()
    _must_fit(assistance_request, prepared)
    events.record(
        "assistance.amendment_prepared",
        assistance_request,
        actor=actor,
        decision_id=prepared.id,
        amends_id=prepared.amends_id,
    )
    return str(prepared.public_id)


def in_force(facts: RuleFacts) -> DecisionFacts:
    """The decision whose terms hold. Raises Conflict where none does; the rules have said so before."""
    if facts.decision is None:
        raise Conflict(NOT_ACCEPTED_HERE)
    return facts.decision


def _request_to_amend(
    public_id: uuid.UUID, *, actor: Actor, version: int | None
) -> tuple[AssistanceRequest, RuleFacts]:
    """The request to amend; a stale page is told the terms that are there now."""
    try:
        return load_for_action_with_facts(public_id, Action.PREPARE_AMENDMENT, actor=actor, version=version)
    except Stale as stale:
        now_there = rule_facts_of(get_visible(public_id, actor).id)
        row = now_there.prepared_decision or now_there.decision
        if row is None or row.outcome is not Outcome.ACCEPTED:
            raise
        words = {name: getattr(row, name) for name in ("amount_reason", "scope", "human_rights", "conditions")}
        terms = words if row.amount_minor is None else {"amount": format_amount(row.amount_minor, "USD"), **words}
        raise Stale(stale.message, theirs={**stale.theirs, **terms}) from None


def _written(amendment: Amendment, stands: DecisionFacts, actor: Actor) -> Decision:
    """The amendment as a decision; words that stay keep the language in which they were written."""
    scope, conditions = plain(amendment.scope), plain(amendment.conditions)
    considered = plain(stands.human_rights if amendment.human_rights is None else amendment.human_rights)
    return Decision(
        request_id=stands.request_id,
        amends_id=stands.id,
        kind=stands.kind,
        outcome=stands.outcome,
        amount_minor=amendment.amount_minor,
        before_rounds=stands.before_rounds,
        scope=scope,
        scope_language=stands.scope_language if scope == plain(stands.scope) else actor.language,
        conditions=conditions,
        conditions_language=stands.conditions_language if conditions == plain(stands.conditions) else actor.language,
        reasons=amendment.reasons.strip(),
        language=actor.language,
        amount_reason=amendment.amount_reason.strip(),
        human_rights=considered,
        human_rights_language=stands.human_rights_language
        if considered == plain(stands.human_rights)
        else actor.language,
        wanted_id=_message_of(stands.request_id, amendment.wanted),
        prepared_by_id=actor.person_id,
    )


def _message_of(request_id: int, wanted: uuid.UUID | None) -> int | None:
    """The State's message that asks for the amendment. Raises Conflict for one that was answered meanwhile."""
    if wanted is None:
        return None
    answered = sa.exists().where(MessageAnswer.message_id == Message.id)
    its = Message.request_id == request_id, Message.kind == MessageKind.AMENDMENT, Message.public_id == wanted
    found = db.session.execute(sa.select(Message.id, answered.label("answered")).where(*its)).one_or_none()
    if found is None:
        raise NotFound
    if found.answered:
        raise Conflict(ANSWERED_ALREADY)
    return int(found.id)


def _must_fit(assistance_request: AssistanceRequest, prepared: Decision | DecisionFacts) -> None:
    """Refuse what a higher capability knows to be impossible: an amount below what is allocated."""
    open_ends = missing(Kind(assistance_request.kind), Action.AMEND, prepared)
    if open_ends:
        raise Invalid(next(iter(open_ends.values())), fields=open_ends)


@verb
def amend(public_id: uuid.UUID, *, actor: Actor, version: int | None, decision: uuid.UUID) -> None:
    """Sign the amendment that another person prepared: its terms are in force from now on, and the State is told.

    `decision` is the one the person read. What may be allocated follows in the same transaction (pledges react to
    the event); their refusal undoes the signature.
    """
    assistance_request, facts = load_for_action_with_facts(public_id, Action.AMEND, actor=actor, version=version)
    prepared, before = waiting(facts), in_force(facts)
    if prepared.public_id != decision:
        raise Conflict(lazy("This amendment was replaced: read the one that waits now."))
    _must_fit(assistance_request, prepared)
    # The request's row comes first, then the decision's, then the money's, as in every verb.
    change(assistance_request, version=version, decision_id=prepared.id)
    close_preparation(prepared, signed_at=now(), signed_by_id=actor.person_id)
    events.record(
        "assistance.amended",
        assistance_request,
        actor=actor,
        decision_id=prepared.id,
        amends_id=prepared.amends_id,
        prepared_by_id=prepared.prepared_by_id,
        amount_minor=prepared.amount_minor,
        amount_before_minor=before.amount_minor,
    )


@verb
def drop_amendment(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Take a prepared amendment back, with the reason for the file; the terms in force stay."""
    required(reason=reason)
    assistance_request, facts = load_for_action_with_facts(
        public_id, Action.DROP_AMENDMENT, actor=actor, version=version
    )
    prepared = waiting(facts)
    change(assistance_request, version=version)
    close_preparation(prepared, dropped_at=now(), dropped_reason=reason.strip())
    events.record("assistance.amendment_dropped", assistance_request, actor=actor, decision_id=prepared.id)
