"""The proposal of a round: pass by pass, each objective in turn, then seats that take two pledges. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from tracker.rounds.giving import Given
from tracker.rounds.means import split
from tracker.rounds.ordering import Placed, SelectionRule
from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.paying import as_given
from tracker.rounds.proposing.question import Fund, Question, can_sit, has, pass_of, waiting
from tracker.rounds.proposing.turns import Reached, Solved, in_turn

Told = Callable[[int, int], None]
"""Told how far the work is, also within a pass: (steps done, steps in all). May raise to stop it."""
STEPS = 20
"""The steps of a pass."""


class Solve(Protocol):
    """What solves a pass of this number by the published rules, and tells how far it is."""

    def __call__(self, model: Model, rules: Sequence[SelectionRule], number: int, tell: Told) -> Solved:
        """Gives who has a seat."""


def _nobody(_done: int, _total: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found: the seats in the order in which they would be given, with what each pledge pays; who stands on
    the reserve list; what each objective reached; what is left of each pledge."""

    seats: tuple[Given, ...]
    reserve: tuple[int, ...]
    reached: tuple[Reached, ...]
    left: tuple[tuple[int, int], ...]

    @property
    def gap(self) -> float:
        """The largest gap of an objective; 0 where each is proved to be the best."""
        return max((one.gap for one in self.reached), default=0.0)

    def of(self, request_id: int) -> tuple[Given, ...]:
        """The seats of a State."""
        return tuple(seat for seat in self.seats if seat.request_id == request_id)

    def written(self) -> dict[str, Any]:
        """The proposal as plain values."""
        return {
            "seats": [[seat.request_id, seat.delegate_id, [list(part) for part in seat.parts]] for seat in self.seats],
            "reserve": list(self.reserve),
            "reached": [one.written() for one in self.reached],
            "left": [list(one) for one in self.left],
        }


@dataclass(frozen=True, slots=True)
class _State:
    """The round between two passes."""

    funds: tuple[Fund, ...]
    given: tuple[Given, ...] = ()
    reached: tuple[Reached, ...] = ()


def propose(question: Question, tell: Told = _nobody, solve: Solve = in_turn) -> Proposal:
    """Compute a round. The answer rests on the question alone: the same to the byte however it was entered. `solve`
    solves a pass."""
    order = question.order()
    state = _State(question.purses())
    most = max((question.most_of(one.request_id) for one in question.candidates), default=0)
    passes = pass_of(most - 1, question.limits.first_pass) + 1 if most else 0
    for number in range(passes):
        state = _with_one_pledge(question, order, number, state, partial(solve, tell=_in_pass(tell, number, passes)))
        state = _with_two_pledges(question, order, number, state)
    tell(passes * STEPS, passes * STEPS)
    left = tuple(sorted((fund.pledge_id, fund.cash) for fund in state.funds))
    return Proposal(state.given, _reserve(question, order, state.given), state.reached, left)


def open_seats(question: Question, order: Sequence[Placed], number: int, given: Sequence[Given]) -> list[OpenSeat]:
    """The seats that can be given in a pass, State by State; a State's end where somebody of it cannot have one."""
    seated, found = question.seated | {seat.delegate_id for seat in given}, []
    for state, placed in enumerate(order):
        one = placed.candidate
        for place, person in enumerate(waiting(one, seated), start=has(one, seated)):
            this = pass_of(place, question.limits.first_pass) == number and place < question.most_of(one.request_id)
            if not this or not can_sit(person):
                break
            beside, cost = person.delegate_id in question.beside, person.estimate or 0
            who = one.request_id, person.delegate_id
            found.append(OpenSeat(state, *who, placed.ranks, cost, beside, place, person.is_woman))
    return found


def funds_after(question: Question, given: Sequence[Given]) -> list[Fund]:
    """The pledges with what seats leave of their money, as if none asked for a share of women."""
    funds = [replace(fund, women=None) for fund in question.purses()]
    for seat in given:
        paid = dict(seat.parts)
        funds = [fund.less(seat.request_id, paid[fund.pledge_id]) if fund.pledge_id in paid else fund for fund in funds]
    return funds


def seats_left(question: Question, given: Sequence[Given]) -> int:
    """How many seats the session still has."""
    counted = sum(seat.delegate_id not in question.beside for seat in given)
    return question.limits.seats - question.taken - counted


def _in_pass(tell: Told, number: int, passes: int) -> Told:
    return lambda done, total: tell(number * STEPS + done * STEPS // total, passes * STEPS)


def _with_one_pledge(
    question: Question, order: Sequence[Placed], number: int, state: _State, solve: Callable[..., Solved]
) -> _State:
    seats = open_seats(question, order, number, state.given)
    asked = {(seat.request_id, seat.delegate_id) for seat in seats}
    funds = tuple(fund for fund in state.funds if any(fund.most(*one) for one in asked))
    model = Model(tuple(seats), funds, seats_left(question, state.given))
    if not model.ways:
        return state
    solved = solve(model, question.rules, number)
    for place in as_given(model, solved.paid):
        seat, fund = seats[place], solved.paid[place]
        state = _give(state, seat, [] if fund is None else [(funds[fund].pledge_id, seat.cost)])
    return replace(state, reached=(*state.reached, *solved.reached))


def _give(state: _State, seat: OpenSeat, parts: Sequence[tuple[int, int]]) -> _State:
    paid = dict(parts)
    funds = tuple(
        fund.less(seat.request_id, paid[fund.pledge_id]) if fund.pledge_id in paid else fund for fund in state.funds
    )
    if parts:
        first = parts[0][0]
        funds = tuple(fund.flown(seat.number, seat.is_woman) if fund.pledge_id == first else fund for fund in funds)
    if any(fund.cash < 0 for fund in funds):
        raise ArithmeticError("a pledge would pay more than it has")
    return replace(state, funds=funds, given=(*state.given, Given(seat.request_id, seat.delegate_id, tuple(parts))))


def _with_two_pledges(question: Question, order: Sequence[Placed], number: int, state: _State) -> _State:
    """Seats of the pass that nobody got: one pledge or, where none can, two by whole lines, in the round's order."""
    tried = set[int]()
    while seats := [seat for seat in open_seats(question, order, number, state.given) if seat.request_id not in tried]:
        seat = seats[0]
        room = seat.beside or seats_left(question, state.given) > 0
        parts = parts_of(question, state.funds, seat) if room else None
        if parts is None:
            tried.add(seat.request_id)
        else:
            state = _give(state, seat, parts)
            if seat.is_woman:  # what a share of women forbade may be allowed now
                tried.clear()
    return state


def parts_of(question: Question, funds: Sequence[Fund], seat: OpenSeat) -> list[tuple[int, int]] | None:
    """What pays a seat: (pledge, cents), the one with the fare first; None where neither one nor two can."""
    if seat.cost == 0:
        return []
    asked = (fund for fund in funds if fund.allows(seat.number, seat.is_woman))
    most = {fund.pledge_id: fund.most(seat.request_id, seat.delegate_id) for fund in asked}
    able = [pledge for pledge, cents in most.items() if cents]
    for pledge in able:
        if most[pledge] >= seat.cost:
            return [(pledge, seat.cost)]
    lines = question.costs[seat.delegate_id]
    for first in able:
        for second in able:
            to_second = split(lines, most[first], most[second]) if first != second else None
            if to_second:
                other = sum(cents for kind, cents in lines if kind in to_second)
                return [(first, seat.cost - other), (second, other)]
    return None


def _reserve(question: Question, order: Sequence[Placed], given: Sequence[Given]) -> tuple[int, ...]:
    """Every nominee without a seat, in the order in which seats would go on to be given."""
    now = {seat.delegate_id for seat in given}
    found = []
    for placed in order:
        one = placed.candidate
        for number, person in enumerate(one.nominees):
            if person.delegate_id not in now | question.seated:
                found.append((pass_of(number, question.limits.first_pass), placed.place, person.place, person))
    return tuple(person.delegate_id for *_, person in sorted(found, key=lambda each: each[:3]))
