"""Who may do what with a round: programme managers give seats and sign, another person of finance approves."""

from typing import Any

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Predicate, Refusal, Rules
from tracker.rounds.lifecycle import TRANSITIONS, RoundAction
from tracker.rounds.rule_facts import RoundFacts

READERS = ("programme_manager", "finance_officer", "auditor")
"""A round shows every request of its session, also strictly confidential ones: who judges it whole reads it."""
PROMOTION_READERS = (*READERS, "travel_officer")
"""Who waits for a seat: a travel officer reads there what they may open."""


def has_role(*roles: str, sentence: Any) -> Predicate[Facts]:
    """The actor has one of the roles."""

    def has_role(actor: Actor, _facts: object) -> Refusal | None:
        return None if actor.is_system or actor.has(*roles) else Refusal("role", sentence)

    return has_role


def leads_on(action: RoundAction) -> Predicate[RoundFacts]:
    """The round stands where the action is lawful."""

    def leads_on(_actor: Actor, facts: RoundFacts) -> Refusal | None:
        if facts.status in TRANSITIONS[action].sources:
            return None
        return Refusal("status", lazy("Not possible while the round stands where it is now."))

    return leads_on


def did_not_prepare(actor: Actor, facts: RoundFacts) -> Refusal | None:
    """The approval is another person's than the preparation, and than that of any seat."""
    if facts.prepared_by_id == actor.person_id:
        return Refusal("two_persons", lazy("You prepared this round: somebody else must approve it."))
    if actor.person_id in facts.given_by_ids:
        return Refusal("two_persons", lazy("You gave seats in this round: somebody else must approve it."))
    return None


is_manager = has_role("programme_manager", sentence=lazy("Only a programme manager gives seats in a round."))
is_finance = has_role("finance_officer", sentence=lazy("Only a finance officer approves a round."))
is_either = has_role(
    "programme_manager",
    "finance_officer",
    sentence=lazy("Only a finance officer or a programme manager sends a round back."),
)
A = RoundAction
OPEN_RULES: Rules[Facts] = {A.OPEN: (is_manager,)}
RULES: Rules[RoundFacts] = {
    A.GIVE: (is_manager, leads_on(A.GIVE)),
    A.TAKE_OFF: (is_manager, leads_on(A.TAKE_OFF)),
    A.PREPARE: (is_manager, leads_on(A.PREPARE)),
    A.SEND_BACK: (is_either, leads_on(A.SEND_BACK)),
    A.DROP: (is_manager, leads_on(A.DROP)),
    A.APPROVE: (is_finance, leads_on(A.APPROVE), did_not_prepare),
}
