"""Who proposes an act, and who answers it: somebody else than the one who proposed it."""

from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import SPEAKERS, ActStatus, Side, Step
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


@dataclass(frozen=True, slots=True)
class ActFacts(Facts):
    """An act, who proposed it (None: it is only about to be), whether they could still propose it, the roles of its
    kind, whether it takes the yes of both sides, and who has given which."""

    status: ActStatus
    proposed_by_id: int | None
    proposers: tuple[str, ...]
    confirmers: tuple[str, ...]
    proposer_is_there: bool
    of_both: bool
    given: frozenset[tuple[Side, int]]


def facts_of_kind(name: str) -> ActFacts:
    """The facts of an act that is about to be proposed."""
    kind = kinds.named(name)
    return ActFacts(
        ActStatus.WAITING,
        None,
        kind.proposers,
        kind.confirmers,
        proposer_is_there=True,
        of_both=kind.of_both,
        given=frozenset(),
    )


def facts_of(found: Any) -> ActFacts:
    """The facts of an act as it was read (`queries.Listed`); no statement."""
    act, kind = found.act, kinds.named(found.act.kind)
    return ActFacts(
        ActStatus(act.status),
        act.proposed_by_id,
        kind.proposers,
        kind.confirmers,
        proposer_is_there=found.proposer_is_there,
        of_both=kind.of_both,
        given=frozenset((yes.side, yes.given_by_id) for yes in found.yeses),
    )


def side_of(actor: Actor) -> Side | None:
    """The side for which the actor says yes to a change of a promise; None for everybody else."""
    return next((side for side, role in SPEAKERS.items() if actor.has(role)), None)


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


def one_answer(_actor: Actor, act: ActFacts) -> Refusal | None:
    """One answer is enough for it."""
    if not act.of_both:
        return None
    return Refusal("of_both", lazy("This takes the yes of the donor and of UNODC."))


def both_answer(_actor: Actor, act: ActFacts) -> Refusal | None:
    """It takes the yes of both sides."""
    if act.of_both:
        return None
    return Refusal("of_one", lazy("This takes one answer."))


def speaks(actor: Actor, _act: ActFacts) -> Refusal | None:
    """The actor says yes for one of the sides."""
    if side_of(actor) is not None:
        return None
    return Refusal("role", lazy("Only a signatory of the donor and a programme manager say yes to this."))


def files_letters(actor: Actor, _act: ActFacts) -> Refusal | None:
    """The actor files what comes on paper."""
    if side_of(actor) is Side.OFFICE:
        return None
    return Refusal("role", lazy("Only a programme manager files a letter of the donor."))


def side_is_open(actor: Actor, act: ActFacts) -> Refusal | None:
    """The actor's side has not said yes."""
    if side_of(actor) not in {side for side, _by in act.given}:
        return None
    return Refusal("given", lazy("Your side has said yes to this already."))


def donor_is_open(_actor: Actor, act: ActFacts) -> Refusal | None:
    """The donor has not said yes."""
    if Side.DONOR not in {side for side, _by in act.given}:
        return None
    return Refusal("given", lazy("The donor has said yes to this already."))


def somebody_else(actor: Actor, act: ActFacts) -> Refusal | None:
    """The answer is another person's than the proposal."""
    if act.proposed_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You proposed this: somebody else confirms or refuses it."))


def other_hands(actor: Actor, act: ActFacts) -> Refusal | None:
    """For the office, somebody says yes who did not propose it; nobody says yes for both sides."""
    if side_of(actor) is Side.OFFICE and act.proposed_by_id == actor.person_id:
        return Refusal("two_persons", lazy("You proposed this: another programme manager says yes to it."))
    return one_yes(actor, act)


def one_yes(actor: Actor, act: ActFacts) -> Refusal | None:
    """The actor has not said yes for the other side, by filing its letter or in person."""
    if actor.person_id not in {by for _side, by in act.given}:
        return None
    return Refusal("two_persons", lazy("The other yes came by your hand: somebody else gives this one."))


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
    Step.CONFIRM: (answers, one_answer, waits, somebody_else),
    Step.AGREE: (both_answer, speaks, waits, side_is_open, other_hands),
    Step.FILE_LETTER: (both_answer, files_letters, waits, donor_is_open, one_yes),
    Step.REFUSE: (answers, waits, somebody_else),
    Step.TAKE_BACK: (ones_own, waits),
}
