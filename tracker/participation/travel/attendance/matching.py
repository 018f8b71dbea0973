"""Who of those who travel to a session is meant by a row of the list of participants. Pure, knows no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.attendance.columns import Present
from tracker.participation.travel.by_day import LONGEST


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody in a seat of the session. `first` and `last` are the days that are recorded, `arrives` and `leaves` the
    planned ones, `read` whether this run has recorded them."""

    seat_id: int
    delegate_id: int
    name: str
    words: frozenset[str]
    iso3: str | None
    email: str
    status: SeatStatus
    first: date | None
    last: date | None
    arrives: date | None
    leaves: date | None
    read: bool = False

    @property
    def shown(self) -> str:
        """The person as sentences name them."""
        return f"{self.name} ({self.iso3 or '–'})"


@dataclass(frozen=True, slots=True)
class Match:
    """The one who is meant, or the several who could be: one of these is never chosen."""

    one: Any = None
    could_be: tuple[Any, ...] = ()


def match(present: Present, everybody: Sequence[Traveller]) -> Match:
    """Who is meant, by address first, then by folded name within the State. An address that several share, or that
    comes with another name or State, decides nothing alone."""
    addressed = [one for one in everybody if present.email and one.email == present.email]
    named = [one for one in everybody if _same_state(present, one) and present.words and one.words == present.words]
    fits = [one for one in addressed if _fits(present, one)]
    meant = fits if len(fits) == 1 else [one for one in fits if one in named] or fits
    if len(meant) == 1 and set(named) <= set(meant):
        return Match(one=meant[0])
    if not addressed and len(named) == 1:
        return Match(one=named[0])
    near = [one for one in everybody if _same_state(present, one) and _is_part(present.words, one.words)]
    return Match(could_be=tuple(dict.fromkeys((*addressed, *named, *near))))


def _same_state(present: Present, one: Traveller) -> bool:
    return present.iso3 is not None and present.iso3 == one.iso3


def _fits(present: Present, one: Traveller) -> bool:
    """Whether name and State, as far as the row says them, do not speak against the address."""
    other_state = present.iso3 is not None and one.iso3 != present.iso3
    return not other_state and (not present.words or bool(present.words & one.words))


def _is_part(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one name is the other with more words: two at least are the same."""
    return len(words & others) > 1 and (words <= others or others <= words)


def days_spent(present: Present, one: Traveller, session: tuple[date | None, date | None]) -> tuple[date, date]:
    """The first and last day at the place of the session. Registration knows only the days of the session: who was
    present from the first of these that was planned came on the planned day of arrival, else on the first day present;
    the same for the last."""
    first, last = present.first, present.last
    assert first is not None and last is not None  # noqa: S101, PT018 - asked by the caller
    starts, ends = session
    came, left = one.arrives or first, one.leaves or last
    expected, until = max(came, starts or came), min(left, ends or left)
    return came if came < first <= expected else first, left if left > last >= until else last


def is_of(days: tuple[date, date], session: tuple[date | None, date | None]) -> bool:
    """Whether somebody was there for at least a day of the session, and for no longer than a stay can last."""
    starts, ends = session
    meets = (starts is None or days[1] >= starts) and (ends is None or days[0] <= ends)
    return meets and (days[1] - days[0]).days <= LONGEST


def missing(everybody: Sequence[Traveller], found: Collection[int]) -> list[Traveller]:
    """Who has a ticket and is no seat's id of `found`."""
    return [one for one in everybody if one.status is SeatStatus.TICKETED and one.seat_id not in found]
