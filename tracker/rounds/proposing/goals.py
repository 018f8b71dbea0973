"""What is optimised in a pass, in turn: each published rule, the number of seats, the order of States. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing.model import OpenSeat

SEATS, ORDER, OWN = "seats", "order", "own"
"""What follows the published rules: as many seats as possible, then the States in their order, which ends with the
lot. OWN are the seats of one State, where it is asked what else they would cost."""


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective: `kind` of the rule (or SEATS, ORDER), `number` among the rules (from 0), the `rank` of the States
    whose seats it counts, and how much each seat of the pass counts for."""

    kind: str
    number: int
    rank: int
    counts: tuple[int, ...]


def of_rules(rules: Sequence[SelectionRule], seats: Sequence[OpenSeat]) -> Iterator[Objective]:
    """The objectives of the published rules in their order: seats of States that a rule prefers. Where it knows more
    than two ranks, those of the best rank first, then of the next; the last rank is not preferred to anything."""
    for number, rule in enumerate(rules):
        ranks = sorted({seat.ranks[number] for seat in seats})
        for rank in ranks:
            if rank == 0 or rank != ranks[-1]:
                yield Objective(rule.kind, number, rank, tuple(int(seat.ranks[number] == rank) for seat in seats))


def of_seats(seats: Sequence[OpenSeat], after: int) -> Objective:
    """As many seats as possible; `after` is the number of rules that come before."""
    return Objective(SEATS, after, 0, (1,) * len(seats))
