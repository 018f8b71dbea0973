"""Whether a seat may be paid now. Seats are of a room above, which answers; while none answers, all may."""

from collections.abc import Callable
from typing import Any

Answer = Callable[[int, bool], Any]
_answers: list[Answer] = []


def register(answer: Answer) -> None:
    """Let a room say why nothing can be paid for a seat now: a sentence, or None where it can. It is given the seat's
    id, and whether money that had come back is counted as paid again because its recovery was a mistake."""
    if answer not in _answers:
        _answers.append(answer)


def why_not_paid(seat_id: int | None, *, again: bool = False) -> Any:
    """The sentence of the first room that stands against a payment for a seat; None where none does, and without a
    seat."""
    if seat_id is None:
        return None
    return next((why for answer in _answers if (why := answer(seat_id, again)) is not None), None)
