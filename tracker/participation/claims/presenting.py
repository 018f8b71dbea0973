"""What of a claim was accepted, paid and is owed, as the delegate and the office read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.participation.claims.lifecycle import RECEIPT_LABELS, ClaimStatus
from tracker.participation.claims.queries import Claim, ClaimOf
from tracker.participation.settling import queries as settling
from tracker.participation.settling.lifecycle import Owes
from tracker.pledges.seat_lines import LINE_LABELS


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One line of the settlement, in cents of the dollar."""

    name: Any
    due_minor: int
    paid_minor: int
    owed_minor: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What is due of each line, the days that were counted, and whether it stands (settled) or is still checked."""

    lines: tuple[SettledLine, ...]
    arrives_on: date | None
    leaves_on: date | None
    stands: bool

    @property
    def owed_minor(self) -> int:
        """What the delegate's State is asked for."""
        return sum(line.owed_minor for line in self.lines)


def settled_of(found: ClaimOf) -> Settled | None:
    """What is due for the journey, once it was entered. What whoever else was paid gives back is left out."""
    one = settling.get_by_id(found.journey.seat.id)
    if one.settlement is None:
        return None
    lines = tuple(
        SettledLine(
            LINE_LABELS[line.kind],
            line.due_minor or 0,
            line.paid_minor,
            line.owed_minor if one.is_settled and line.owes == Owes.STATE else 0,
        )
        for line in one.lines
        if line.kind != "contingency"
    )
    return Settled(lines, one.settlement.arrives_on, one.settlement.leaves_on, one.is_settled)


def compared(claim: Claim) -> list[tuple[Any, int, int | None]]:
    """Each line of which something is claimed: its name, how much, and what of it was accepted (None: not answered)."""
    answered = claim.row.status == ClaimStatus.ANSWERED
    accepted: Mapping[str, int] = claim.row.accepted
    return [
        (RECEIPT_LABELS[line], amount, accepted.get(line, 0) if answered else None)
        for line, amount in claim.totals.items()
    ]
