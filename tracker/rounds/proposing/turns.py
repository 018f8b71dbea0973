"""One pass solved: each objective in turn, what it reached kept as a condition of the next (lexicographic)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing import goals
from tracker.rounds.proposing.model import INFINITE, Model, Row
from tracker.rounds.proposing.packing import Packing, packed, states_of
from tracker.rounds.proposing.paying import settled
from tracker.rounds.proposing.solver import Best, Relaxed, maximise

SEARCHED_TO = 700
"""Up to so many seats times pledges what is not proved at once is searched through; in larger passes it is printed."""
RELAXED_TO = 50_000
"""Up to so many, what is the best with seats given in part is asked; above, the money that there is must do."""
ROUNDS = 3
"""How often all objectives are gone through for a first solution."""
Alive = Callable[[int, int], None]
"""Told how many objectives of a pass are done, and how many there are. May raise to stop the work."""


def _nobody(_done: int, _total: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Reached:
    """What an objective reached in a pass: its value, the most that it could still be (the same where the value is
    proved to be the best), and the most that there could be if every open seat were given (`asked`). Of the order of
    States these are the States whose seats are decided, and all States."""

    in_pass: int
    kind: str
    rank: int
    value: int
    bound: int
    asked: int

    @property
    def gap(self) -> float:
        """How far it may be from the best there is, as a share of it."""
        return max(0, self.bound - self.value) / max(1, self.bound)

    def written(self) -> list[Any]:
        """As plain values."""
        return [self.in_pass, self.kind, self.rank, self.value, self.bound, self.asked]


@dataclass(frozen=True, slots=True)
class Solved:
    """A pass: which pledge pays which seat (by their numbers in the model), and what each objective reached."""

    paid: dict[int, int | None]
    reached: list[Reached]

    @property
    def proved(self) -> bool:
        """Whether nothing can be better: there is one such set of seats only."""
        return not any(one.gap for one in self.reached)


def in_turn(model: Model, rules: Sequence[SelectionRule], number: int, tell: Alive = _nobody) -> Solved:
    """Solve a pass by the published rules."""
    return solved(model, objectives(model, rules), number, tell)


def solved(
    model: Model,
    wanted: Sequence[goals.Objective],
    number: int,
    alive: Alive = _nobody,
    *,
    hint: Sequence[int] = (),
    most: Sequence[int] = (),
    to_end: bool = True,
) -> Solved:
    """Solve a pass for objectives. `hint` are seats of a solution of a pass that is nearly the same. `most` is what
    each objective cannot exceed while those before it reach theirs; unless `to_end`, the pass is not solved further
    where one does not."""
    course, level = Course(model), True
    course.start([goal.counts for goal in wanted], hint)
    reached = []
    for done, goal in enumerate(wanted):
        alive(done, len(wanted) + 1)
        best = course.take(goal.counts, most[done] if most and level else None)
        reached.append(Reached(number, goal.kind, goal.rank, best.value, best.bound, sum(goal.counts)))
        level = level and (not most or best.value == most[done])
        if not (level or to_end):
            return Solved(dict(course.packing.paid), reached)
    alive(len(wanted), len(wanted) + 1)
    decided, states = course.by_state()
    reached.append(Reached(number, goals.ORDER, 0, decided, states, states))
    return Solved(settled(model, course.packing, search=course.searches), reached)


def objectives(model: Model, rules: Sequence[SelectionRule]) -> list[goals.Objective]:
    """Everything that is counted, in its order; the order of States comes after it."""
    return [*goals.of_rules(rules, model.seats), goals.of_seats(model.seats, len(rules))]


class Course:
    """A pass on its way: the conditions so far and a solution that keeps them."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.rows: list[Row] = []
        self.packing = Packing(model)
        self.searches = len(model.ways) <= SEARCHED_TO
        self.weights = [0] * len(model.seats)
        self._relaxed: Relaxed | None = None

    def start(self, counts: Sequence[Sequence[int]], hint: Sequence[int] = ()) -> None:
        """A first solution: seat by seat in the round's order; where that does not give every seat, the best of what
        moving seats and pledges finds for the objectives, one after the other."""
        self.packing.in_order(range(len(self.model.seats)))
        if len(self.packing.paid) == len(self.model.seats):
            return
        begun = [self.packing, Packing(self.model)]
        if hint:
            begun.append(Packing(self.model))
            begun[-1].in_order(hint)
        for one in begun:
            self._improve(one, counts)
        self.packing = max(begun, key=lambda one: self._standing(one, counts))

    def _standing(self, packing: Packing, counts: Sequence[Sequence[int]]) -> list[int]:
        """How a solution stands by all objectives and the order of States: the larger is the better."""
        taken = [int(seat in packing.paid) for seat in range(len(self.model.seats))]
        by_state = (sum(taken[seat] for seat in seats) for seats in states_of(self.model))
        return [*(sum(one[seat] for seat in packing.paid) for one in counts), *by_state]

    def _improve(self, packing: Packing, counts: Sequence[Sequence[int]]) -> None:
        for _round in range(ROUNDS):
            before, weights = set(packing.paid), [0] * len(self.model.seats)
            for one in counts:
                weights = _then(weights, one)
                packing.improve(weights)
            packing.improve(_by_state(self.model, weights))
            if set(packing.paid) == before:
                return

    def take(self, counts: Sequence[int], most: int | None = None) -> Best:
        """The best by an objective under all conditions so far; it is a condition from now on. `most` is what it cannot
        exceed, where that is known."""
        best = self._best(counts, most)
        spread = enumerate(self.model.spread(counts))
        self.rows.append(({v: weight for v, weight in spread if weight}, float(best.value), INFINITE))
        if self._relaxed:
            self._relaxed.keep(self.rows[-1])
        return best

    def _best(self, counts: Sequence[int], known: int | None) -> Best:
        own, most = sum(counts[seat] for seat in self.packing.paid), self._most(counts)
        most = most if known is None else min(most, known)
        if own >= most:
            return Best(self.packing.solution(), own, own)
        weights = self.model.spread(counts)
        if len(weights) <= RELAXED_TO:
            most = min(most, self.relaxed.bound(weights))
        if own >= most or not self.searches:
            return Best(self.packing.solution(), own, max(most, own))
        found = maximise(self.model, weights, [*self.model.rows, *self.rows], self.packing.solution())
        if found.value > own:
            self.packing = packed(self.model, found.solution)
        return Best(found.solution, found.value, min(found.bound, max(most, found.value)))

    @property
    def relaxed(self) -> Relaxed:
        """The pass where seats may be given in part: nothing whole is better than what is best there."""
        if self._relaxed is None:
            self._relaxed = Relaxed([*self.model.rows, *self.rows], len(self.model.ways))
        return self._relaxed

    def by_state(self) -> tuple[int, int]:
        """What is still equal: the States in their order, each as many seats as it can have. Gives for how many that is
        proved, and how many there are."""
        decided, states = 0, states_of(self.model)
        for seats in states:
            counts = [int(seat in seats) for seat in range(len(self.model.seats))]
            best = self.take(counts)
            decided += best.gap == 0
        return decided, len(states)

    def _most(self, counts: Sequence[int]) -> int:
        """What an objective cannot exceed: the seats that somebody could pay, as many as are left of those of the
        session, and as all pledges together could pay if the cheapest came first."""
        seats = self.model.seats
        within = sum(counts[seat] for seat in self.model.by_seat if not seats[seat].beside)
        beside = sum(counts[seat] for seat in self.model.by_seat if seats[seat].beside)
        money, by_cost = sum(fund.cash for fund in self.model.funds), 0
        for seat in sorted(self.model.by_seat, key=lambda one: seats[one].cost):
            money -= seats[seat].cost if counts[seat] else 0
            by_cost += counts[seat] if money >= 0 else 0
        return min(by_cost, min(within, max(0, self.model.left)) + beside)


def _then(weights: Sequence[int], counts: Sequence[int]) -> list[int]:
    """Weights by which what counts now decides where all before it leave something equal."""
    base = sum(counts) + 1
    return [weight * base + count for weight, count in zip(weights, counts, strict=True)]


def _by_state(model: Model, weights: Sequence[int]) -> list[int]:
    """Weights by which the State that comes first decides where all before leave something equal."""
    ascending = sorted(range(len(weights)), key=lambda seat: (weights[seat], -model.seats[seat].state))
    place = {seat: number for number, seat in enumerate(ascending, start=1)}
    return [place[seat] for seat in range(len(weights))]
