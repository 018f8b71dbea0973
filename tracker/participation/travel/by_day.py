"""What others provided on each day of a stay: as it is ticked in forms, counted and kept. A day is one at the place
where the night is spent; lodging is that of the night that follows, so that there is none on the day of leaving."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from tracker.costs.rule_sets import PROVIDED

LONGEST = 366
LODGING = "lodging"
Provided = Mapping[date, frozenset[str]]


def days_between(first: date | None, last: date | None) -> list[date]:
    """The days from the first to the last; none where one is not known, or they cannot be."""
    if first is None or last is None or not 0 <= (last - first).days <= LONGEST:
        return []
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def can_be(day: date, what: str, days: list[date]) -> bool:
    """Whether this can be provided on a day of these."""
    return day in days and what in PROVIDED and (what != LODGING or day != days[-1])


def at_the_place(provided: Provided, first: date | None, last: date | None) -> dict[date, frozenset[str]]:
    """What can be provided from the first day to the last; the rest is left out."""
    days = days_between(first, last)
    found = {day: frozenset(what for what in provided.get(day, frozenset()) if can_be(day, what, days)) for day in days}
    return {day: what for day, what in found.items() if what}


def as_ticks(kept: Mapping[str, Iterable[str]]) -> list[str]:
    """The values of the boxes that are ticked, from plain values."""
    return [f"{day}:{what}" for day, names in kept.items() for what in names]


def read_ticks(ticks: Iterable[str] | None, first: date | None, last: date | None) -> dict[date, frozenset[str]]:
    """What the ticked boxes say for the days from the first to the last."""
    found: dict[date, frozenset[str]] = {}
    for day in days_between(first, last):
        of_day = f"{day.isoformat()}:"
        found[day] = frozenset(tick.removeprefix(of_day) for tick in ticks or () if tick.startswith(of_day))
    return at_the_place(found, first, last)


def as_plain(provided: Provided) -> dict[str, list[str]]:
    """As it is kept: {"2027-03-02": ["lunch", "lodging"]}."""
    return {day.isoformat(): [name for name in PROVIDED if name in provided[day]] for day in sorted(provided)}


def from_plain(kept: Mapping[str, Iterable[str]]) -> dict[date, frozenset[str]]:
    """What was kept, by day."""
    return {date.fromisoformat(day): frozenset(names) for day, names in kept.items()}
