"""Which pledge pays which seat of a pass, once it is decided who has a seat. Pure.

Where the pass can be searched through it rests on who has a seat alone, and not on how that was found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.packing import Packing, packed
from tracker.rounds.proposing.question import Fund
from tracker.rounds.proposing.solver import maximise


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
