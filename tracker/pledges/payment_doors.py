"""What higher rooms know that stands in the way of a payment, or of giving back what is held, and what they do once a
payment was recorded or reversed: the doors by which they say so."""

from collections.abc import Callable
from typing import Any

from tracker.errors import Conflict, Invalid
from tracker.rights.actor import Actor

Door = Callable[[Any, Any], dict[str, Any]]
"""Asked with the allocation and the payment (`services.Payment`): {field of the form: sentence}, empty where nothing
stands in the way."""
_doors: list[Door] = []
ReleaseDoor = Callable[[Any], Any]
"""Asked with the allocation: a sentence, or None where nothing stands in the way of giving back what it holds."""
_release_doors: list[ReleaseDoor] = []
Told = Callable[[Any, Any, Actor], None]
"""Told of a payment that was recorded, or of a payment or recovery that was reversed, in its transaction: its row, the
allocation, and whoever did it."""
_told: list[Told] = []
_told_paid: list[Told] = []


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


def after_payment(told: Told) -> None:
    """Register who is told of payments that were recorded. Called once by the application."""
    if told not in _told_paid:
        _told_paid.append(told)


def tell_paid(payment: Any, allocation: Any, actor: Actor) -> None:
    """Let the rooms above follow a payment that was just recorded."""
    for told in _told_paid:
        told(payment, allocation, actor)


def after_reversal(told: Told) -> None:
    """Register who is told of payments and recoveries that were reversed. Called once by the application."""
    if told not in _told:
        _told.append(told)


def tell_reversed(payment: Any, allocation: Any, actor: Actor) -> None:
    """Let the rooms above follow a payment or recovery that was just reversed."""
    for told in _told:
        told(payment, allocation, actor)
