"""What higher rooms know that stands in the way of a payment: the door by which they say so."""

from collections.abc import Callable
from typing import Any

from tracker.errors import Invalid

Door = Callable[[Any, Any], dict[str, Any]]
"""Asked with the allocation and the payment (`services.Payment`): {field of the form: sentence}, empty where nothing
stands in the way."""
_doors: list[Door] = []


def before_payment(door: Door) -> None:
    """Register a door. Called once by the application."""
    if door not in _doors:
        _doors.append(door)


def must_be_open(allocation: Any, payment: Any) -> None:
    """Raises Invalid with the sentences of whatever stands in the way of the payment."""
    problems = {field: sentence for door in _doors for field, sentence in door(allocation, payment).items()}
    if problems:
        raise Invalid(fields=problems)
