"""Seats packed into pledges by local search: a good solution of a pass, quickly and in whole cents. Pure.

It proves nothing: what it finds is compared with a bound, and searched further where the pass is small.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tracker.rounds.proposing.model import Model

STEPS = 40
"""How many places are looked at, at most, for one objective, times the variables; a number and never a time."""
TRIES = 12
"""How many of the seats that count for less, and how many exchanges of pledges, are tried for one seat."""
PAYERS = 4
"""How many pledges, those with the most money left first, are tried for a seat that fits in none."""


class Packing:
    """Which pledge pays which seat; every change keeps earmarks, cash, shares, seats and the State's own order."""

    def __init__(self, model: Model) -> None:
        self.model, self.seats = model, model.seats
        self.able: list[tuple[int | None, ...]] = [()] * len(model.seats)
        for seat, variables in model.by_seat.items():
            self.able[seat] = tuple(model.ways[v][1] for v in variables)
        self.left = [fund.cash for fund in model.funds]
        self.caps = [[cap.left for cap in fund.caps] for fund in model.funds]
        self.of_cap = [[cap.requests for cap in fund.caps] for fund in model.funds]
        self.women = [fund.women for fund in model.funds]
        self.members: list[dict[int, None]] = [{} for _ in model.funds]
        self.paid: dict[int, int | None] = {}
        self.room = model.left
        self.steps = 0
        self.done: list[tuple[int, int | None, bool]] = []

    def fits(self, seat: int, fund: int | None) -> bool:
        """Whether a pledge has the money for a seat now, and keeps the share of women that it asks for."""
        if fund is None:
            return True
        cost, request = self.seats[seat].cost, self.seats[seat].request_id
        share = self.women[fund]
        if self.left[fund] < cost or (share and share.broken_by(self.seats[seat].number, self.seats[seat].is_woman)):
            return False
        caps = zip(self.caps[fund], self.of_cap[fund], strict=True)
        return all(left >= cost for left, requests in caps if request in requests)

    def put(self, seat: int, fund: int | None) -> None:
        """Give a seat from a pledge."""
        self.done.append((seat, fund, True))
        self.paid[seat] = fund
        self.room -= not self.seats[seat].beside
        self._spend(seat, fund, self.seats[seat].cost)
        if fund is not None:
            self.members[fund][seat] = None
            if share := self.women[fund]:
                self.women[fund] = share.also(self.seats[seat].number, self.seats[seat].is_woman)

    def take_out(self, seat: int) -> int | None:
        """Take a seat back; gives the pledge that paid it."""
        fund = self.paid.pop(seat)
        self.done.append((seat, fund, False))
        self.room += not self.seats[seat].beside
        self._spend(seat, fund, -self.seats[seat].cost)
        if fund is not None:
            del self.members[fund][seat]
            if share := self.women[fund]:
                self.women[fund] = share.without(self.seats[seat].number, self.seats[seat].is_woman)
        return fund

    def sound(self, *funds: int | None) -> bool:
        """Whether pledges keep the share of women that they ask for once seats were taken from them."""
        asked = (self.women[fund] for fund in funds if fund is not None)
        return all(share is None or share.holds for share in asked)

    def undo(self, since: int) -> None:
        """Take back what was done since so many changes."""
        for seat, fund, given in reversed(self.done[since:]):
            if given:
                self.take_out(seat)
            else:
                self.put(seat, fund)
        del self.done[since:]

    def _spend(self, seat: int, fund: int | None, cents: int) -> None:
        if fund is None:
            return
        self.left[fund] -= cents
        for number, requests in enumerate(self.of_cap[fund]):
            if self.seats[seat].request_id in requests:
                self.caps[fund][number] -= cents

    def may_come(self, seat: int) -> bool:
        """Whether the seat before it in its State's order is given."""
        return not self._same_state(seat, seat - 1) or seat - 1 in self.paid

    def may_leave(self, seat: int) -> bool:
        """Whether the seat after it in its State's order is not given."""
        return not self._same_state(seat, seat + 1) or seat + 1 not in self.paid

    def _same_state(self, seat: int, other: int) -> bool:
        return 0 <= other < len(self.seats) and self.seats[seat].state == self.seats[other].state

    def in_order(self, seats: Iterable[int]) -> None:
        """Give seats one after the other, each from the first pledge that can; a State's end with the first that
        cannot be paid."""
        for seat in seats:
            payer = next((fund for fund in self.able[seat] if self.fits(seat, fund)), -1)
            if payer != -1 and self.may_come(seat) and self._has_room(seat):
                self.put(seat, payer)

    def _has_room(self, seat: int) -> bool:
        return self.seats[seat].beside or self.room > 0

    def improve(self, weights: Sequence[int]) -> None:
        """Give seats that count for something, in place of such as count for less or cost more, until none can be."""
        self.steps = STEPS * len(self.model.ways)
        moving = True
        while moving and self.steps > 0:
            moving = False
            for seat in sorted(range(len(self.seats)), key=lambda one: (-weights[one], self.seats[one].cost, one)):
                if self.steps <= 0 or not weights[seat]:
                    break
                if seat not in self.paid and self.able[seat] and self.may_come(seat):
                    moving |= self._comes(seat) or self._replaces(seat, weights)

    def _comes(self, seat: int) -> bool:
        """Give a seat, with another one moved to make room for it if need be."""
        if not self._has_room(seat):
            return False
        fitting = [fund for fund in self.able[seat] if self.fits(seat, fund)]
        if fitting:
            self.put(seat, min(fitting, key=lambda fund: -1 if fund is None else self.left[fund]))
            return True
        payers = [fund for fund in self.able[seat] if fund is not None]
        payers.sort(key=lambda fund: (-self.left[fund], fund))
        return any(self._gathers(seat, fund) for fund in payers[:PAYERS])

    def _gathers(self, seat: int, fund: int) -> bool:
        """Give a seat from a pledge that lacks money for it: move its seats to others, or exchange them for cheaper
        ones, until what is left of it is enough."""
        while self.left[fund] < self.seats[seat].cost and self.steps > 0:
            short = self.seats[seat].cost - self.left[fund]
            gains = sorted(self._gains(fund), key=lambda each: (each[0] < short, abs(each[0] - short), each))
            if not any(self._exchange(fund, *move) for _cents, *move in gains[:TRIES]):
                return False
        if not self.fits(seat, fund):
            return False
        self.put(seat, fund)
        return True

    def _gains(self, fund: int) -> Iterator[tuple[int, int, int, int]]:
        """What a pledge gains when one of its seats goes to another pledge for one of that (-1: for none): (cents, its
        seat, the other pledge, the seat that comes back)."""
        for one in self.members[fund]:
            cost = self.seats[one].cost
            for other in self.able[one]:
                if other is None or other == fund:
                    continue
                left = self.left[other]
                self.steps -= 1 + len(self.members[other])
                if left >= cost:
                    yield cost, one, other, -1
                if left:
                    for back in self.members[other]:
                        gain = cost - self.seats[back].cost
                        if 0 < gain <= left and fund in self.able[back]:
                            yield gain, one, other, back

    def _exchange(self, fund: int, one: int, other: int, back: int) -> bool:
        """Move `one` to the `other` pledge and `back` from there to the first; leave all as it was where a share
        forbids it."""
        since = len(self.done)
        self.take_out(one)
        if back >= 0:
            self.take_out(back)
        if self.fits(one, other) and (back < 0 or self.fits(back, fund)):
            self.put(one, other)
            if back >= 0:
                self.put(back, fund)
            if self.sound(fund, other):
                return True
        self.undo(since)
        return False

    def _replaces(self, seat: int, weights: Sequence[int]) -> bool:
        """Give a seat in place of one that counts for less, or for as much and costs more."""
        own = weights[seat], -self.seats[seat].cost
        standing = [(weights[one], -self.seats[one].cost, one) for one in self.paid]
        before = seat - 1 if self._same_state(seat, seat - 1) else None
        self.steps -= len(standing)
        less = sorted(each for each in standing if each[:2] < own and each[2] != before and self.may_leave(each[2]))
        need = self.seats[seat].cost
        for payer, cost, one in [(self.paid[one], -cost, one) for _weight, cost, one in less]:
            able = payer is not None and payer in self.able[seat] and self.left[payer] + cost >= need
            if able and self._stands_for(seat, one, alone=True):
                return True
        lesser = [one for weight, _cost, one in less if weight < own[0]]
        return any(self._stands_for(seat, one, alone=False) for one in lesser[:TRIES])

    def _stands_for(self, seat: int, one: int, *, alone: bool) -> bool:
        since, payer = len(self.done), self.take_out(one)
        if alone and self._has_room(seat) and self.fits(seat, payer):
            self.put(seat, payer)
        elif alone or not self._comes(seat):
            self.undo(since)
            return False
        if self.sound(payer):
            return True
        self.undo(since)
        return False

    def solution(self) -> tuple[int, ...]:
        """The variables of the pass: 1 for each pledge that pays a seat."""
        paid = self.paid
        return tuple(int(seat in paid and paid[seat] == fund) for seat, fund in self.model.ways)


def packed(model: Model, solution: Sequence[int]) -> Packing:
    """A solution of a pass as a packing."""
    packing = Packing(model)
    for variable in (v for v, taken in enumerate(solution) if taken):
        packing.put(*model.ways[variable])
    return packing


def states_of(model: Model) -> list[list[int]]:
    """The seats of each State, in the order of States and in its own."""
    numbered = range(len(model.seats))
    return [list(group) for _state, group in groupby(numbered, key=lambda seat: model.seats[seat].state)]
