"""The same rules followed by trying everything: what the solver is compared with."""

from collections.abc import Iterator, Sequence
from itertools import groupby, product

from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.question import Fund
from tracker.rounds.women import Share


def best_of(model: Model, rules: Sequence[SelectionRule]) -> set[int]:
    """The people who get a seat in a pass: of all sets that can be paid, the first by the rules."""
    chosen = max(payable_sets(model), key=lambda seats: standing(seats, model.seats, rules))
    return {model.seats[seat].delegate_id for seat in chosen}


def standing(chosen: Sequence[int], seats: Sequence[OpenSeat], rules: Sequence[SelectionRule]) -> tuple[int, ...]:
    """How a set of seats stands by the rules in their order, then by the number of seats, then by the order of States;
    the larger is the better."""
    found: list[int] = []
    for number in range(len(rules)):
        present = sorted({seat.ranks[number] for seat in seats})
        preferred = present if present == [0] else present[:-1]
        found += [sum(seats[one].ranks[number] == rank for one in chosen) for rank in preferred]
    found.append(len(chosen))
    states = sorted({seat.state for seat in seats})
    return (*found, *(sum(seats[one].state == state for one in chosen) for state in states))


def payable_sets(model: Model) -> Iterator[tuple[int, ...]]:
    """Every set of seats that keeps the State's own order and the number of seats, and that pledges can pay."""
    of_state = [[number for number, _ in group] for _, group in groupby(enumerate(model.seats), lambda e: e[1].state)]
    beginnings = [[tuple(seats[:count]) for count in range(len(seats) + 1)] for seats in of_state]
    for several in product(*beginnings):
        chosen = tuple(seat for one in several for seat in one)
        counted = sum(not model.seats[seat].beside for seat in chosen)
        if counted <= model.left and can_pay([model.seats[seat] for seat in chosen], model.funds):
            yield chosen


def keeps_share(share: Share | None) -> bool:
    """Whether of the seats up to every number the whole part of the share is women's; no man's, where it was not kept
    before."""
    if share is None:
        return True
    for last in {number for number, _ in share.given}:
        here = [is_woman for number, is_woman in share.given if number <= last]
        women, everybody = share.before.women + sum(here), share.before.stated + len(here)
        if not all(here) and women < everybody * share.percent // 100:
            return False
    return True


def can_pay(seats: Sequence[OpenSeat], funds: Sequence[Fund]) -> bool:
    """Whether each seat can have a pledge of its own choice, all at once."""
    if not seats:
        return all(keeps_share(fund.women) for fund in funds)
    seat, *others = seats
    if seat.cost == 0:
        return can_pay(others, funds)
    for number, fund in enumerate(funds):
        if fund.most(seat.request_id, seat.delegate_id) >= seat.cost:
            paid = fund.less(seat.request_id, seat.cost).flown(seat.number, seat.is_woman)
            after = [*funds[:number], paid, *funds[number + 1 :]]
            if can_pay(others, after):
                return True
    return False
