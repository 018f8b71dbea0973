"""What can be paid for each line of a seat out of one allocation. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.costs.lines import LineKind
from tracker.languages.marking import lazy

LINE_LABELS: dict[str, Any] = {
    LineKind.FARE: lazy("Ticket"),
    LineKind.ALLOWANCE: lazy("Daily subsistence allowance"),
    LineKind.TERMINALS: lazy("Terminal expenses"),
    LineKind.VISA: lazy("Visa"),
    LineKind.INSURANCE: lazy("Insurance"),
    LineKind.CONTINGENCY: lazy("Contingency"),
}

WHOLE, ADVANCE, BALANCE = "whole", "advance", "balance"
PARTS: dict[str, Any] = {
    WHOLE: lazy("All of it"),
    ADVANCE: lazy("An advance: more of this line follows"),
    BALANCE: lazy("The balance: nothing of this line follows"),
}


@dataclass(frozen=True, slots=True)
class LineMoney:
    """A line of a seat as far as one allocation pays it, in cents of the dollar. `is_over`: its balance, or all of it,
    was paid."""

    id: int
    kind: str
    estimate_minor: int | None
    approved_minor: int
    paid_minor: int
    is_over: bool

    @property
    def left_minor(self) -> int:
        """What is approved and not paid; below zero for a ticket that used what other lines left."""
        return self.approved_minor - self.paid_minor

    @property
    def leaves(self) -> bool:
        """Whether a ticket may use what is not paid of it: the contingency, and what nothing follows of."""
        return self.kind == LineKind.CONTINGENCY or (self.is_over and self.kind != LineKind.FARE)


def payable(line: LineMoney, lines: Iterable[LineMoney], held_minor: int) -> int:
    """The most that can be paid for `line` now, of the `lines` of its allocation, which holds `held_minor`.

    A ticket may cost what is approved for it and what the others leave; no other line more than is approved for it,
    nor what the ticket has used of it.
    """
    lines = list(lines)
    left = sum(other.left_minor for other in lines if other.leaves)
    used = sum(-other.left_minor for other in lines if other.kind == LineKind.FARE and other.left_minor < 0)
    most = line.left_minor
    if line.kind == LineKind.FARE:
        most += left
    elif line.leaves:
        most = min(most, left - used)
    else:
        # A payment taken back after a ticket used what it left: what is held is then also for the other lines.
        others = (other for other in lines if other.id != line.id and not other.leaves)
        most = min(most, held_minor - sum(max(0, other.left_minor) for other in others))
    return max(0, min(most, held_minor))
