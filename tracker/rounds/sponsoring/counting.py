"""What seats of a session cost, how many an amount pays, and what so many seats take. Pure.

Estimates are cents of the dollar; an amount is in minor units of the donor's currency, with the support cost in it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from tracker.money import FUND_CURRENCY, LARGEST, split_support, support_on, to_major, to_minor, to_usd

FEWEST = 3
"""A figure has so many States behind it or more, and so has what is left of all where it is taken away."""
ROUNDED_TO = 10_00
"""Prices are rounded up to ten dollars: they are estimates."""
EACH_ROUNDED_TO = 100_00
"""So is each estimate before, to more: whoever compares two days finds of whom one adds no more than that."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """The seat of somebody who waits, or of a journey that stands for it: whose State, cents of the dollar."""

    iso3: str
    cents: int


@dataclass(frozen=True, slots=True)
class Prices:
    """The average of `seats` estimates, and of the cheaper and the dearer ones among them; these are None where too
    few States stand behind them."""

    average: int
    cheap: int | None
    dear: int | None
    seats: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """How an amount in a currency becomes money for seats: units of it for one dollar, per cent of support cost."""

    currency: str
    units_per_usd: Decimal
    support_rate: Decimal

    @property
    def of_whole(self) -> Decimal:
        """Of how many parts of what comes in the support cost takes its rate: 13 of every 113."""
        return 100 + self.support_rate


@dataclass(frozen=True, slots=True)
class Gift:
    """An amount as it would come in today, in cents of the dollar: all of it, the support cost, what is for seats."""

    minor: int
    whole: int
    support: int
    for_seats: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What `number` seats take: for the seats, support cost on it, both (cents of the dollar), and the least amount of
    the donor's currency that brings it; None where no amount can be so large."""

    number: int
    seats: int
    support: int
    minor: int | None

    @property
    def together(self) -> int:
        return self.seats + self.support


def prices_of(estimates: Sequence[Estimated]) -> Prices | None:
    """The prices of seats; None where fewer than `FEWEST` States stand behind them."""
    in_order = sorted(estimates, key=lambda one: (one.cents, one.iso3))
    if not _enough(in_order):
        return None
    cheap, dear = _ends(in_order)
    return Prices(
        average=_price(in_order),
        cheap=_price(cheap) if cheap else None,
        dear=_price(dear) if dear else None,
        seats=len(in_order),
    )


def _ends(in_order: Sequence[Estimated]) -> tuple[Sequence[Estimated], Sequence[Estimated]]:
    """The cheaper and the dearer third, or half: each, and what stands between them, of enough States. Else none."""
    for parts in (3, 2):
        size = len(in_order) // parts
        cheap, between, dear = in_order[:size], in_order[size : len(in_order) - size], in_order[len(in_order) - size :]
        if _enough(cheap) and _enough(dear) and (_enough(between) or not between):
            return cheap, dear
    return (), ()


def _enough(estimates: Sequence[Estimated]) -> bool:
    return len({one.iso3 for one in estimates}) >= FEWEST


def _price(estimates: Sequence[Estimated]) -> int:
    """The average of estimates that are rounded up each, rounded up to `ROUNDED_TO`."""
    rounded = (-(-one.cents // EACH_ROUNDED_TO) * EACH_ROUNDED_TO for one in estimates)
    return -(-sum(rounded) // (len(estimates) * ROUNDED_TO)) * ROUNDED_TO


def by_group(waiting: Sequence[tuple[str, str]], groups: Sequence[str]) -> dict[str, int | None]:
    """How many people wait of each group, from (group, State) of each; None where that is not told apart: fewer than
    `FEWEST` States stand behind it, or behind all such groups together without the smallest other one."""
    states = {group: {iso3 for one, iso3 in waiting if one == group} for group in groups}
    numbers = {group: sum(one == group for one, _iso3 in waiting) for group in groups}
    apart = [group for group in groups if len(states[group]) < FEWEST]
    others = sorted((numbers[group], group) for group in groups if group not in apart)
    while others and 0 < sum(len(states[group]) for group in apart) < FEWEST:
        apart.append(others.pop(0)[1])
    nobody = not any(states[group] for group in apart)
    return {group: numbers[group] if nobody or group not in apart else None for group in groups}


def gift_of(minor: int, exchange: Exchange) -> Gift:
    """An amount as its receipt would be booked today."""
    whole = to_usd(minor, exchange.currency, exchange.units_per_usd)
    for_seats, support = split_support(whole, exchange.support_rate)
    return Gift(minor, whole, support, for_seats)


def seats_for(gift: Gift, price: int) -> int:
    """How many seats of a price an amount pays."""
    return gift.for_seats // price


def bill_of(number: int, price: int, exchange: Exchange) -> Bill:
    """What so many seats of a price take. The amount is rounded up to the smallest unit of its currency: with it the
    seats are paid as a receipt would be booked, with one unit less they are not."""
    seats = number * price
    return Bill(number, seats, support_on(seats, exchange.support_rate), _least(seats, exchange))


def _least(seats: int, exchange: Exchange) -> int | None:
    with localcontext(prec=60, rounding=ROUND_CEILING):
        dollars = to_major(seats + 2, FUND_CURRENCY) * exchange.of_whole / 100
        units = (dollars * exchange.units_per_usd).quantize(to_major(1, exchange.currency))
    if units > to_major(LARGEST, exchange.currency):
        return None
    most = to_minor(units, exchange.currency) + 1
    return bisect_left(range(most), seats, key=lambda minor: gift_of(minor, exchange).for_seats)


def numbers(*named: int, most: int) -> list[int]:
    """The numbers of seats of which a list says what they take: some round ones and the `named`, none above `most`."""
    return sorted({number for number in (1, 3, 5, 10, 20, *named) if 0 < number <= most})
