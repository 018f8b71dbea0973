"""One pass of a round as whole numbers: a variable for each seat and each pledge that could pay it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.rounds.proposing.question import Fund

Row = tuple[dict[int, int], float, float]
"""A condition: coefficients by variable, the least and the most that their sum may be."""
INFINITE = float("inf")
EACH_MAN_TO = 700
"""Up to so many variables a share of women that is not kept gives a row for each man; above, where a pass is only
compared with what is the best in part, the sum of these."""


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat that could be given in this pass: `state` is the place of its State in the order (from 0), `ranks` what
    each rule found of it, `cost` in cents, `beside` says that it does not count among the seats of the session.
    `number` is that of the seat among its State's (from 0), `is_woman` whose it is (None: not said)."""

    state: int
    request_id: int
    delegate_id: int
    ranks: tuple[int, ...]
    cost: int
    beside: bool = False
    number: int = 0
    is_woman: bool | None = None


Way = tuple[int, int | None]
"""A seat (its number in the pass) and the pledge that would pay it (its number among the funds); None: it costs
nothing."""


@dataclass(frozen=True)
class Model:
    """The seats of a pass in the order of States, a State's own in its own order; the pledges; the seats left."""

    seats: tuple[OpenSeat, ...]
    funds: tuple[Fund, ...]
    left: int

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The variables: each seat with each pledge that could pay it alone."""
        found: list[Way] = []
        for number, seat in enumerate(self.seats):
            if seat.cost == 0:
                found.append((number, None))
                continue
            able = [f for f, fund in enumerate(self.funds) if fund.most(seat.request_id, seat.delegate_id) >= seat.cost]
            found += [(number, fund) for fund in able]
        return tuple(found)

    @cached_property
    def by_seat(self) -> Mapping[int, tuple[int, ...]]:
        """The variables of each seat."""
        found: dict[int, list[int]] = defaultdict(list)
        for variable, (seat, _fund) in enumerate(self.ways):
            found[seat].append(variable)
        return {seat: tuple(variables) for seat, variables in found.items()}

    @cached_property
    def rows(self) -> list[Row]:
        """What must hold whatever is preferred: one pledge for a seat, the State's own order, cash, shares, seats."""
        rows = [(dict.fromkeys(variables, 1), 0.0, 1.0) for variables in self.by_seat.values()]
        return [*rows, *self._own_order(), *self._money(), *self._women(), *self._seats()]

    def _own_order(self) -> Iterable[Row]:
        for number in range(1, len(self.seats)):
            if self.seats[number].state == self.seats[number - 1].state:
                later = dict.fromkeys(self.by_seat.get(number, ()), 1)
                yield later | dict.fromkeys(self.by_seat.get(number - 1, ()), -1), -INFINITE, 0.0

    def _money(self) -> Iterable[Row]:
        of_fund: dict[int, list[int]] = defaultdict(list)
        for variable, (_seat, number) in enumerate(self.ways):
            if number is not None:
                of_fund[number].append(variable)
        for payer, variables in of_fund.items():
            fund = self.funds[payer]
            costs = {variable: self.seats[self.ways[variable][0]].cost for variable in variables}
            yield costs, 0.0, float(fund.cash)
            for cap in fund.caps:
                named = {v: cost for v, cost in costs.items() if self._request(v) in cap.requests}
                yield named, 0.0, float(max(0, cap.left))

    def _women(self) -> Iterable[Row]:
        """The share of women of each pledge that asks for one, up to first seats, up to second ones, and so on: a man
        takes the percentage from the room that it leaves, a woman adds the rest of a hundred. Where that is below
        nothing already, because a State named somebody else, no man comes before it is made up."""
        for payer, share in ((number, fund.women) for number, fund in enumerate(self.funds)):
            said = [v for v, (seat, fund) in enumerate(self.ways) if fund == payer and self._is_woman(v) is not None]
            if share is None or all(self._is_woman(v) for v in said):
                continue
            numbers = {self._number(v) for v in said}
            for upto in sorted({*numbers, *(own for own, _ in share.given if own > min(numbers))}):
                counted = [v for v in said if self._number(v) <= upto]
                takes = {v: share.percent - 100 * bool(self._is_woman(v)) for v in counted}
                room = share.upto(upto).room(share.percent)
                if room >= 0:
                    yield takes, -INFINITE, float(room)
                else:
                    men = dict.fromkeys(v for v in counted if not self._is_woman(v))
                    if len(self.ways) <= EACH_MAN_TO:
                        yield from ((takes | {v: takes[v] - room}, -INFINITE, 0.0) for v in men)
                    else:
                        each = {v: len(men) * cost - (room if v in men else 0) for v, cost in takes.items()}
                        yield each, -INFINITE, 0.0

    def _is_woman(self, variable: int) -> bool | None:
        return self.seats[self.ways[variable][0]].is_woman

    def _number(self, variable: int) -> int:
        return self.seats[self.ways[variable][0]].number

    def _request(self, variable: int) -> int:
        return self.seats[self.ways[variable][0]].request_id

    def _seats(self) -> Iterable[Row]:
        counted = [v for v, (seat, _) in enumerate(self.ways) if not self.seats[seat].beside]
        yield dict.fromkeys(counted, 1), 0.0, float(max(0, self.left))

    def spread(self, by_seat: Sequence[int]) -> list[int]:
        """What each variable counts for where each seat counts for so much."""
        return [by_seat[seat] for seat, _ in self.ways]

    def taken(self, solution: Sequence[int]) -> list[int]:
        """1 for each seat that a solution gives, 0 for each other."""
        return [sum(solution[v] for v in self.by_seat.get(number, ())) for number in range(len(self.seats))]

    def holds(self, solution: Sequence[int], rows: Iterable[Row]) -> bool:
        """Whether a solution in whole numbers keeps conditions exactly."""
        return all(low <= sum(c * solution[v] for v, c in row.items()) <= high for row, low, high in rows)
