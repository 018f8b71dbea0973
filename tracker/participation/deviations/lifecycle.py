"""What a pledge pays of a journey that differs for private reasons, and which of its days are private. Pure."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.queries.seat_money import LineOfSeat

MOST_DAYS = 31
"""How many days before or after the official ones, and how many official ones, a journey can differ."""
_DAY = timedelta(days=1)


class PaysMore(enum.StrEnum):
    """Who bears what a ticket costs above the comparable fare; the traveller pays it to the agency."""

    DELEGATE = "delegate"
    STATE = "state"


PAYS_MORE_LABELS: dict[str, Any] = {
    PaysMore.DELEGATE: lazy("The delegate"),
    PaysMore.STATE: lazy("The State"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to travel: the days at the place of the session, the official days that are private too,
    another route ("" where it is the same), what that ticket costs in cents of the dollar (None where the fund pays no
    ticket), who bears what is above the comparable fare, and why."""

    arrives_on: date
    leaves_on: date
    private: frozenset[date]
    route: str
    fare_minor: int | None
    borne_by: str
    reason: str


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Each day from the first to the last, both included."""
    return tuple(first + _DAY * n for n in range((last - first).days + 1))


def private_days(wish: Wish, official: tuple[date, date]) -> tuple[date, ...]:
    """The days at the place that are not official, and the official ones that are said to be private."""
    first, last = official
    there = days_between(wish.arrives_on, wish.leaves_on)
    return tuple(day for day in there if not first <= day <= last or day in wish.private)


def comparable(quoted_minor: int, direct_minor: int | None) -> int:
    """What the official journey would cost: the cheapest direct fare, or the quotation where that is less or there is
    no direct flight."""
    return quoted_minor if direct_minor is None else min(quoted_minor, direct_minor)


def is_quoted_anew(compared_minor: int | None, quoted_minor: int | None, direct_minor: int | None) -> bool:
    """Whether the quotation that stands says otherwise than the fare with which a journey was compared."""
    if compared_minor is None or quoted_minor is None:
        return False
    return comparable(quoted_minor, direct_minor) != compared_minor


def above(fare_minor: int | None, comparable_minor: int | None) -> int:
    """What a ticket costs above the comparable fare."""
    return 0 if fare_minor is None or comparable_minor is None else max(0, fare_minor - comparable_minor)


def at_most(shares: Sequence[LineOfSeat], most_minor: int | None) -> list[LineOfSeat]:
    """The shares of a line as far as they are to be paid where private days leave less of it (None: all of it)."""
    if most_minor is None:
        return list(shares)
    return list(_filled(shares, most_minor))


def _filled(shares: Iterable[LineOfSeat], left: int) -> Iterable[LineOfSeat]:
    for share in shares:
        takes = min(left, share.money.approved_minor)
        left -= takes
        yield replace(share, money=replace(share.money, approved_minor=takes))
