"""What stands in the way of somebody leaving their seat: the door by which rooms above say so."""

from collections.abc import Callable, Collection
from typing import Any

from tracker.errors import Conflict

Door = Callable[[Collection[int]], Any]
"""Asked with the ids of seats: a sentence, or None where nothing stands in the way."""
_doors: list[Door] = []


def before_leaving(door: Door) -> None:
    """Register a door. Called once by the application."""
    if door not in _doors:
        _doors.append(door)


def must_be_free_to_leave(seat_ids: Collection[int]) -> None:
    """Raise Conflict with the first sentence of whatever stands in the way of these people leaving their seats."""
    for door in _doors:
        if (sentence := door(seat_ids)) is not None:
            raise Conflict(sentence)
