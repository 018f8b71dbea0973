"""Rules that collide: one that an earlier one keeps from giving as many seats as it could. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing.proposal import Proposal, propose
from tracker.rounds.proposing.question import Question


@dataclass(frozen=True, slots=True)
class Collision:
    """In the first pass the rule `later` would give `alone` seats to those whom it prefers were it the only one; once
    the rules up to `earlier` are followed before it, it gives `value`."""

    earlier: str
    later: str
    value: int
    alone: int


def collisions(question: Question, proposal: Proposal, alive: Callable[[], None] = lambda: None) -> list[Collision]:
    """Each rule that is held back in the first pass, with the first of the earlier ones that holds it back; `alive` is
    told before each."""
    limits = replace(question.limits, in_all=question.limits.first_pass)
    first_pass = replace(question, limits=limits, more={})
    found = []
    for number, rule in enumerate(question.rules):
        alive()
        reached = [one for one in proposal.reached if one.in_pass == 0 and one.kind == rule.kind]
        if number == 0 or all(one.value == one.asked for one in reached):
            continue
        alone = _last(first_pass, [rule])
        for before in range(1, number + 1):
            value = _last(first_pass, [*question.rules[:before], rule])
            if value < alone:
                found.append(Collision(question.rules[before - 1].kind, rule.kind, sum(value), sum(alone)))
                break
    return found


def _last(question: Question, rules: Sequence[SelectionRule]) -> tuple[int, ...]:
    """What the last of these rules reaches, rank by rank."""
    reached = propose(replace(question, rules=tuple(rules))).reached
    return tuple(one.value for one in reached if one.kind == rules[-1].kind)
