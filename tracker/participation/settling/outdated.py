"""What the travel desk corrected after it was entered what is due, which is then entered anew."""

from dataclasses import dataclass
from typing import Any

from tracker.participation.settling.models import Settlement
from tracker.participation.travel.models import SeatTravel

FACTS = ("first_day", "last_day", "provided", "ticket_minor")
"""What of a journey is read when it is entered what is due."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of the journey as it was read then, and as it stands now (plain values, None where nothing is known)."""

    fact: str
    then: Any
    now: Any


def read_of(journey: SeatTravel | None) -> dict[str, Any]:
    """What stands at the desk, as plain values; nothing while the desk recorded nothing."""
    if journey is None:
        return {**dict.fromkeys(FACTS), "provided": {}}
    days = {name: getattr(journey, name) for name in ("first_day", "last_day")}
    plain = {name: day.isoformat() if day is not None else None for name, day in days.items()}
    return {**plain, "provided": journey.provided or {}, "ticket_minor": journey.ticket_minor}


def changes(settlement: Settlement | None, journey: SeatTravel | None) -> tuple[Change, ...]:
    """What the desk says otherwise now than when it was entered what is due."""
    if settlement is None:
        return ()
    now = read_of(journey)
    return tuple(
        Change(name, settlement.journey.get(name), now[name])
        for name in FACTS
        if settlement.journey.get(name) != now[name]
    )
