"""Who proposes an act, and who answers it: somebody else than the one who proposed it."""

from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import ActStatus, Step
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


@dataclass(frozen=True, slots=True)
class ActFacts(Facts):
    """An act, who proposed it (None: it is only about to be), whether they could still propose it, and the roles of its
    kind."""

    status: ActStatus
    proposed_by_id: int | None
    proposers: tuple[str, ...]
    confirmers: tuple[str, ...]
    proposer_is_there: bool


def facts_of_kind(name: str) -> ActFacts:
    """The facts of an act that is about to be proposed."""
    kind = kinds.named(name)
    return ActFacts(ActStatus.WAITING, None, kind.proposers, kind.confirmers, proposer_is_there=True)


def facts_of(act: ProposedAct, *, proposer_is_there: bool) -> ActFacts:
    """The facts of a loaded act; no statement. `proposer_is_there` was read with it (`queries.Listed`)."""
    kind, status = kinds.named(act.kind), ActStatus(act.status)
    return ActFacts(status, act.proposed_by_id, kind.proposers, kind.confirmers, proposer_is_there)


def proposes(actor: Actor, act: ActFacts) -> Refusal | None:
    """The actor has a role that proposes such acts."""
    if actor.has(*act.proposers):
        return None
    return Refusal("role", lazy("Only people with another role propose this."))


def answers(actor: Actor, act: ActFacts) -> Refusal | None:
    """The actor has a role that confirms or refuses such acts."""
    if actor.has(*act.confirmers):
        return None
    return Refusal("role", lazy("Only people with another role confirm or refuse this."))


def somebody_else(actor: Actor, act: ActFacts) -> Refusal | None:
    """The answer is another person's than the proposal."""
    if act.proposed_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You proposed this: somebody else confirms or refuses it."))


def ones_own(actor: Actor, act: ActFacts) -> Refusal | None:
    """Whoever proposed it takes it back; once they have left, or have another role, whoever proposes or confirms such
    acts does, so that nothing waits for somebody who is gone."""
    if act.proposed_by_id == actor.person_id:
        return None
    if not act.proposer_is_there and actor.has(*act.proposers, *act.confirmers):
        return None
    return Refusal("own", lazy("Only whoever proposed this takes it back."))


def waits(_actor: Actor, act: ActFacts) -> Refusal | None:
    """Nobody answered it yet."""
    if act.status is ActStatus.WAITING:
        return None
    return Refusal("status", lazy("This has been answered already."))


RULES: Rules[Any] = {
    Step.PROPOSE: (proposes,),
    Step.CONFIRM: (answers, waits, somebody_else),
    Step.REFUSE: (answers, waits, somebody_else),
    Step.TAKE_BACK: (ones_own, waits),
}
