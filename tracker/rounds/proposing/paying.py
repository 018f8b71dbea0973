"""Which pledge pays which seat of a pass, once it is decided who has a seat. Pure.

Where the pass can be searched through it rests on who has a seat alone, and not on how that was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.packing import Packing, packed
from tracker.rounds.proposing.question import Fund
from tracker.rounds.proposing.solver import maximise
from tracker.rounds.women import Share

Shares = Mapping[int | None, Share]
"""The share of women that each pledge (its number among the funds) asks for, as it stands."""


def settled(model: Model, found: Packing, *, search: bool) -> dict[int, int | None]:
    """The pledge of each seat: the first in their order that can pay, seat by seat; where that does not pay all, the
    dearest seats first; where neither does, any way there is. Then each seat is moved, in the round's order, to the
    most tightly earmarked pledge that can pay it, until none moves: free money is left for those who have no other."""
    chosen = sorted(found.paid)
    if any(fund.women for fund in model.funds):
        chosen = in_turn_for_women(model.seats, chosen)
    dearest = sorted(chosen, key=lambda seat: (-model.seats[seat].cost, seat))
    packing = _paid(model, chosen) or _paid(model, dearest) or (_searched(model, chosen) if search else None) or found
    moving = True
    while moving:
        moving = any(_moves(packing, seat) for seat in chosen)
    return {seat: packing.paid[seat] for seat in chosen}


def in_turn_for_women(seats: Sequence[OpenSeat], chosen: Iterable[int]) -> list[int]:
    """Seats in an order in which none stands in the way of a share of women that all together keep: a State's first one
    before its second, those of women first."""
    return sorted(chosen, key=lambda seat: (seats[seat].number, not seats[seat].is_woman, seat))


def as_given(model: Model, paid: Mapping[int, int | None]) -> list[int]:
    """The seats of a pass in the order in which they are given: that of the round, but a man whom the share of women of
    his pledge does not allow yet comes once it does."""
    shares: Shares = {number: fund.women for number, fund in enumerate(model.funds) if fund.women}
    waiting, found = sorted(paid), list[int]()
    while waiting and shares:
        seat, shares = _following(model, paid, waiting, shares)
        waiting.remove(seat)
        found.append(seat)
    return [*found, *waiting]


def _following(
    model: Model, paid: Mapping[int, int | None], waiting: Sequence[int], shares: Shares
) -> tuple[int, Shares]:
    """The first that can be given, of each State the next one, with the shares after it. A later seat of a State must
    leave the others what they need."""
    least, states = min(model.seats[seat].number for seat in waiting), set[int]()
    for seat in waiting:
        after = None if model.seats[seat].state in states else _shares_with(model, paid, [seat], shares)
        states.add(model.seats[seat].state)
        if after is not None and model.seats[seat].number > least:
            others = in_turn_for_women(model.seats, (one for one in waiting if one != seat))
            after = after if _shares_with(model, paid, others, after) is not None else None
        if after is not None:
            return seat, after
    raise ArithmeticError("seats that keep a share together cannot be given one by one")


def _shares_with(model: Model, paid: Mapping[int, int | None], seats: Iterable[int], shares: Shares) -> Shares | None:
    """The shares once these seats are given one by one; None where one of them is not allowed in its turn."""
    for seat in seats:
        one, payer = model.seats[seat], paid[seat]
        share = shares.get(payer)
        if share is not None and share.broken_by(one.number, one.is_woman) is not None:
            return None
        if share is not None:
            shares = {**shares, payer: share.also(one.number, one.is_woman)}
    return shares


def _paid(model: Model, seats: Iterable[int]) -> Packing | None:
    packing, wanted = Packing(model), list(seats)
    for seat in wanted:
        payer = next((fund for fund in packing.able[seat] if packing.fits(seat, fund)), -1)
        if payer == -1:
            return None
        packing.put(seat, payer)
    return packing


def _searched(model: Model, seats: list[int]) -> Packing | None:
    """All of these seats paid, found by the solver from these seats alone."""
    entered = sorted(seats, key=lambda seat: (model.seats[seat].request_id, model.seats[seat].delegate_id))
    alone = (replace(model.seats[seat], state=place, ranks=()) for place, seat in enumerate(entered))
    payers = _all_paid(tuple(alone), model.funds)
    if payers is None:
        return None
    packing = Packing(model)
    for seat, fund in zip(entered, payers, strict=True):
        packing.put(seat, fund)
    return packing


@lru_cache(maxsize=128)
def _all_paid(seats: tuple[OpenSeat, ...], funds: tuple[Fund, ...]) -> tuple[int | None, ...] | None:
    model = Model(seats, funds, len(seats))
    best = maximise(model, model.spread((1,) * len(seats)), model.rows, (0,) * len(model.ways))
    paid = packed(model, best.solution).paid
    return tuple(paid[seat] for seat in range(len(seats))) if len(paid) == len(seats) else None


def _moves(packing: Packing, seat: int) -> bool:
    """Whether a seat moves to a pledge that stands before its own, is more tightly earmarked and can pay."""
    present, funds = packing.paid[seat], packing.model.funds
    for fund in packing.able[seat]:
        if fund is None or present is None or funds[fund].level <= funds[present].level:
            return False
        if packing.fits(seat, fund):
            since = len(packing.done)
            packing.take_out(seat)
            packing.put(seat, fund)
            if packing.sound(present):
                return True
            packing.undo(since)
    return False
