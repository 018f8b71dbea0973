"""What is to be paid next for a seat, as higher rooms know it: the door by which the payment form asks them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be paid now of one line of a seat, in cents of the dollar (0: nothing yet), as which `part` of it
    (`seat_lines.PARTS`), and why, in sentences."""

    line_id: int
    kind: str
    amount_minor: int
    part: str
    reasons: tuple[str, ...]


_proposers: list[Callable[[Any], list[Proposal]]] = []


def register(proposer: Callable[[Any], list[Proposal]]) -> None:
    """Register who proposes payments out of an allocation of a seat. Called once by the application."""
    if proposer not in _proposers:
        _proposers.append(proposer)


def proposals_for(allocation: Any) -> list[Proposal]:
    """What is to be paid now out of an allocation; nothing where it is for no seat."""
    if not allocation.is_of_a_seat:
        return []
    return [one for proposer in _proposers for one in proposer(allocation)]
