"""Passes that were solved, asked again with another fact of one State. Pure.

Whatever a rule or the lot finds of a State, among all sets of seats that give it the same number of seats the same one
is the best: what it finds then adds the same to each. So the best set for each number of seats, compared by the changed
facts, is the answer, and one search for a number of seats serves every rule. docs/rounds.md says why.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing.goals import ORDER, OWN, Objective
from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.packing import Packing, states_of
from tracker.rounds.proposing.paying import settled
from tracker.rounds.proposing.proposal import Solve, Told
from tracker.rounds.proposing.turns import Reached, Solved, objectives, solved

Who = tuple[int, int]
"""A seat whatever its place in a model: request and person."""


Facts = tuple[tuple[str, ...], int, Model]


def who(seat: OpenSeat) -> Who:
    """Whose seat it is."""
    return seat.request_id, seat.delegate_id


class Unproved(Exception):
    """What was found is not proved, so that nothing follows from it."""


@dataclass(frozen=True)
class Chosen:
    """The best set of seats that gives a State so many of them, with the pledge that pays each. Where it is not solved
    to the end, `upto` is how many objectives are known of it."""

    paid: dict[Who, int | None]
    upto: int
    to_end: bool


@dataclass
class Pass:
    """A pass that was solved to the end and proved, and what was found of it since: by request, number of seats and
    whether to the end. None: no set gives the State so many."""

    model: Model
    wanted: list[Objective]
    best: Solved
    found: dict[tuple[int, int, bool], Chosen | None] = field(default_factory=dict)

    def differs_in(self, request_id: int, model: Model, wanted: Sequence[Objective]) -> bool:
        """Whether a model differs from this one by what rules and lot find of one State, and by nothing else."""
        return _beside(request_id, self.model, self.wanted) == _beside(request_id, model, wanted)

    def with_seats(self, request_id: int, seats: int, *, to_end: bool) -> Chosen | None:
        """The best set that gives a State so many seats, by the facts of this pass. Raises Unproved."""
        key = request_id, seats, to_end
        if key not in self.found:
            self.found[key] = self._with_seats(request_id, seats, to_end=to_end)
        return self.found[key]

    def _with_seats(self, request_id: int, seats: int, *, to_end: bool) -> Chosen | None:
        own = [number for number, seat in enumerate(self.model.seats) if seat.request_id == request_id]
        kept = [number for number in range(len(self.model.seats)) if number not in own[seats:]]
        model = Model(tuple(self.model.seats[number] for number in kept), self.model.funds, self.model.left)
        first = Objective(OWN, 0, 0, tuple(int(number in own) for number in kept))
        wanted = [first, *(replace(one, counts=tuple(one.counts[n] for n in kept)) for one in self.wanted)]
        most = [seats, *(one.value for one in self.best.reached[: len(self.wanted)])]
        hint = [place for place, number in enumerate(kept) if number in self.best.paid or number in own]
        found = solved(model, wanted, 0, hint=hint, most=most, to_end=to_end)
        if not found.proved:
            raise Unproved
        if found.reached[0].value < seats:
            return None
        paid = {who(model.seats[seat]): fund for seat, fund in found.paid.items()}
        ended = len(found.reached) > len(wanted)
        return Chosen(paid, len(found.reached) - 1, ended)

    def best_now(self, request_id: int, model: Model, wanted: Sequence[Objective]) -> dict[Who, int | None]:
        """The best set of seats of a model that differs in one State only. Raises Unproved."""
        best = {who(self.model.seats[seat]): fund for seat, fund in self.best.paid.items()}
        has = sum(request == request_id for request, _person in best)
        for seats in range(sum(seat.request_id == request_id for seat in model.seats) + 1):
            other = self.with_seats(request_id, seats, to_end=False) if seats != has else None
            if other is not None and not other.to_end:
                one, present = (_standing(paid, model, wanted)[: other.upto] for paid in (other.paid, best))
                other = self.with_seats(request_id, seats, to_end=True) if one >= present else None
            if other is not None and _standing(other.paid, model, wanted) > _standing(best, model, wanted):
                best = other.paid
        return best


class Known:
    """The passes of one round and of its changes. An answer is the same as without it."""

    def __init__(self) -> None:
        self._same: dict[Facts, Solved] = {}
        self._near: dict[Any, Pass] = {}
        self._given: dict[int, set[Who]] = {}

    def about(self, request_id: int | None) -> Solve:
        """What solves a pass of the round, or of one where facts of this request's State, money or seats are other
        ones."""
        return lambda model, rules, number, tell: self._solve(request_id, model, rules, number, tell)

    def _solve(
        self, request_id: int | None, model: Model, rules: Sequence[SelectionRule], number: int, tell: Told
    ) -> Solved:
        kinds, wanted = tuple(rule.kind for rule in rules), objectives(model, rules)
        if (kinds, number, model) not in self._same:
            asked = frozenset((who(seat), seat.cost, seat.beside, seat.is_woman) for seat in model.seats)
            near = self._near.get((kinds, asked, model.funds, model.left))
            found = self._from(near, request_id, model, wanted, number) if near and request_id else None
            found = found or self._anew(model, wanted, number, tell)
            self._same[kinds, number, model] = found
            if found.proved and near is None:
                self._near[kinds, asked, model.funds, model.left] = Pass(model, wanted, found)
        return self._same[kinds, number, model]

    def _from(self, near: Pass, request_id: int, model: Model, wanted: list[Objective], number: int) -> Solved | None:
        if not near.differs_in(request_id, model, wanted):
            return None
        try:
            best = near.best_now(request_id, model, wanted)
        except Unproved:
            return None
        packing = Packing(model)
        for seat, one in enumerate(model.seats):
            if who(one) in best:
                packing.put(seat, best[who(one)])
        counted = [(goal, sum(goal.counts[seat] for seat in packing.paid)) for goal in wanted]
        states = len(states_of(model))
        reached = [Reached(number, goal.kind, goal.rank, has, has, sum(goal.counts)) for goal, has in counted]
        reached.append(Reached(number, ORDER, 0, states, states, states))
        return Solved(settled(model, packing, search=True), reached)

    def _anew(self, model: Model, wanted: list[Objective], number: int, tell: Told) -> Solved:
        given = self._given.get(number, set())
        hint = [seat for seat, one in enumerate(model.seats) if who(one) in given]
        found = solved(model, wanted, number, tell, hint=hint)
        if hint and not found.proved:
            found = solved(model, wanted, number, tell)
        self._given.setdefault(number, {who(model.seats[seat]) for seat in found.paid})
        return found


def _beside(request_id: int, model: Model, wanted: Sequence[Objective]) -> tuple[Any, ...]:
    """Everything of a pass that is not of one State: the others, and what they count for."""
    others = [number for number, seat in enumerate(model.seats) if seat.request_id != request_id]
    seats = [replace(model.seats[number], state=0) for number in others]
    return seats, [(one.kind, one.number, one.rank, [one.counts[number] for number in others]) for one in wanted]


def _standing(paid: Container[Who], model: Model, wanted: Sequence[Objective]) -> list[int]:
    """How a set of seats stands by the facts of a model: the larger is the better."""
    taken = [int(who(seat) in paid) for seat in model.seats]
    by_rules = [sum(count * has for count, has in zip(one.counts, taken, strict=True)) for one in wanted]
    return [*by_rules, *(sum(taken[seat] for seat in seats) for seats in states_of(model))]
