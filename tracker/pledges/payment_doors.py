"""What higher rooms know that stands in the way of a payment, or of giving back what is held: the doors by which they
say so."""

from collections.abc import Callable
from typing import Any

from tracker.errors import Conflict, Invalid

Door = Callable[[Any, Any], dict[str, Any]]
"""Asked with the allocation and the payment (`services.Payment`): {field of the form: sentence}, empty where nothing
stands in the way."""
_doors: list[Door] = []
ReleaseDoor = Callable[[Any], Any]
"""Asked with the allocation: a sentence, or None where nothing stands in the way of giving back what it holds."""
_release_doors: list[ReleaseDoor] = []


def before_payment(door: Door) -> None:
    """Register a door. Called once by the application."""
    if door not in _doors:
        _doors.append(door)


def must_be_open(allocation: Any, payment: Any) -> None:
    """Raises Invalid with the sentences of whatever stands in the way of the payment."""
    problems = {field: sentence for door in _doors for field, sentence in door(allocation, payment).items()}
    if problems:
        raise Invalid(fields=problems)


def before_release(door: ReleaseDoor) -> None:
    """Register a door. Called once by the application."""
    if door not in _release_doors:
        _release_doors.append(door)


def must_not_be_kept(allocation: Any) -> None:
    """Raises Conflict with the first sentence of whatever stands in the way of giving back what is held."""
    for door in _release_doors:
        if (sentence := door(allocation)) is not None:
            raise Conflict(sentence)
