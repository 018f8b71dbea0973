"""One pass solved: each objective in turn, what it reached kept as a condition of the next (lexicographic)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing import goals
from tracker.rounds.proposing.model import INFINITE, Model, OpenSeat, Row
from tracker.rounds.proposing.question import Fund
from tracker.rounds.proposing.solver import GAP, Best, maximise


@dataclass(frozen=True, slots=True)
class Reached:
    """What an objective reached in a pass: its value, the most that it could still be (the same where the value is
    proved to be the best), and the most that there could be if every open seat were given (`asked`)."""

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


def in_turn(model: Model, rules: Sequence[SelectionRule], number: int) -> tuple[tuple[int, ...], list[Reached]]:
    """The solution of a pass and what each objective reached."""
    course = Course(model)
    course.start()
    reached = []
    for goal in objectives(model, rules):
        best = course.take(goal.counts, split=goal.kind == goals.ORDER)
        reached.append(Reached(number, goal.kind, goal.rank, best.value, best.bound, sum(goal.counts)))
    course.pay()
    return course.solution, reached


def objectives(model: Model, rules: Sequence[SelectionRule]) -> Iterator[goals.Objective]:
    """Everything that decides who gets a seat, in its order."""
    yield from goals.of_rules(rules, model.seats)
    yield goals.of_seats(model.seats, len(rules))
    yield from goals.of_order(model.seats, len(rules))


class Course:
    """A pass on its way: the conditions so far and a solution that keeps them."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.rows: list[Row] = list(model.rows)
        self.solution: tuple[int, ...] = (0,) * len(model.ways)

    def start(self) -> None:
        """A first solution, seat by seat in the round's order, each from the first pledge that can pay it. Where it
        gives every seat, it is the best by every rule already."""
        model, left, room = self.model, list(self.model.funds), self.model.left
        chosen, ended = set[int](), set[int]()
        for number, seat in enumerate(model.seats):
            able = [v for v in model.by_seat.get(number, ()) if self._can_pay(left, seat, model.ways[v][1])]
            if seat.state in ended or not able or not (seat.beside or room > 0):
                ended.add(seat.state)
                continue
            self._move(left, number, None, model.ways[able[0]][1])
            room -= not seat.beside
            chosen.add(able[0])
        self.solution = tuple(int(v in chosen) for v in range(len(model.ways)))

    def _can_pay(self, left: Sequence[Fund], seat: OpenSeat, fund: int | None) -> bool:
        return fund is None or left[fund].most(seat.request_id, seat.delegate_id) >= seat.cost

    def take(self, counts: Sequence[int], *, split: bool = False) -> Best:
        """The best by an objective under all conditions so far; it is a condition from now on. With `split`, what each
        State has got of it is one."""
        weights = self.model.spread(counts)
        best = self._best(weights, self._most(counts), 0.0 if split else GAP)
        self.solution = best.solution
        if split:
            self._keep_each_state(counts)
        else:
            self.rows.append(({v: weight for v, weight in enumerate(weights) if weight}, float(best.value), INFINITE))
        return best

    def pay(self) -> None:
        """Move each seat, in the round's order, to the most tightly earmarked pledge that has the money for it, until
        none moves: free money is left for who has no other. No seat changes with it."""
        model = self.model
        chosen = {seat: v for v, taken in enumerate(self.solution) for seat in (model.ways[v][0],) if taken}
        left = list(model.funds)
        for seat, v in chosen.items():
            self._move(left, seat, None, model.ways[v][1])
        moving = True
        while moving:
            moving = False
            for seat in sorted(chosen):
                better = self._better(left, seat, chosen[seat])
                if better is not None:
                    self._move(left, seat, model.ways[chosen[seat]][1], model.ways[better][1])
                    chosen[seat], moving = better, True
        self.solution = tuple(int(chosen.get(seat) == v) for v, (seat, _fund) in enumerate(model.ways))

    def _better(self, left: Sequence[Fund], seat: int, now: int) -> int | None:
        """The first pledge in their order, before the one that pays a seat now, that is more tightly earmarked and can
        pay it."""
        one, present = self.model.seats[seat], self.model.ways[now][1]
        for variable in self.model.by_seat[seat]:
            fund = self.model.ways[variable][1]
            if fund is None or present is None or left[fund].level <= left[present].level:
                return None
            if left[fund].most(one.request_id, one.delegate_id) >= one.cost:
                return variable
        return None

    def _move(self, left: list[Fund], seat: int, from_: int | None, to: int | None) -> None:
        one = self.model.seats[seat]
        for fund, cents in ((from_, -one.cost), (to, one.cost)):
            if fund is not None:
                left[fund] = left[fund].less(one.request_id, cents)

    def _most(self, counts: Sequence[int]) -> int:
        """What an objective cannot exceed: the seats that somebody could pay, the dearest of it as many as are left."""
        seats = self.model.seats
        able = [(counts[seat], seats[seat].beside) for seat in self.model.by_seat]
        within = sorted((count for count, beside in able if not beside), reverse=True)
        return sum(within[: max(0, self.model.left)]) + sum(count for count, beside in able if beside)

    def _best(self, weights: Sequence[int], most: int, gap: float) -> Best:
        own = sum(weight * chosen for weight, chosen in zip(weights, self.solution, strict=True))
        if own >= most:
            return Best(self.solution, own, own)
        found = maximise(self.model, weights, self.rows, self.solution, gap)
        return Best(found.solution, found.value, min(found.bound, max(most, found.value)))

    def _keep_each_state(self, counts: Sequence[int]) -> None:
        taken = self.model.taken(self.solution)
        numbered = enumerate(self.model.seats)
        for _state, group in groupby(numbered, key=lambda each: each[1].state):
            seats = [number for number, _ in group if counts[number]]
            for seat in seats:
                if variables := self.model.by_seat.get(seat):
                    self.rows.append((dict.fromkeys(variables, 1), float(taken[seat]), float(taken[seat])))
