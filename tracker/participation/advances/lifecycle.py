"""How much of a seat's allowance is paid now, and as what: the advance, then the rest. Pure, knows no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.costs.advances import Advance
from tracker.pledges.seat_lines import ADVANCE, BALANCE, WHOLE, LineMoney


@dataclass(frozen=True, slots=True)
class Now:
    """What is paid now for one line, in cents of the dollar, and which part of the line that is."""

    amount_minor: int
    part: str

    def is_paid_by(self, amount_minor: int, part: str) -> bool:
        """Whether a payment is what is to be paid: the amount, and whether more of the line follows."""
        return amount_minor == self.amount_minor and (part == ADVANCE) == (self.part == ADVANCE)


@dataclass(frozen=True, slots=True)
class Allowance:
    """The allowance of a seat as its pledges pay it: `lines` are its shares, in the order in which they are paid.

    `advance` is what the rule of the session's costs says of what is approved; None where no rule was in force or the
    days are not known. `arrived`: whoever sits in the seat has come. `due_minor` is what the settlement counted."""

    lines: Sequence[LineMoney]
    advance: Advance | None
    arrived: bool = False
    due_minor: int | None = None

    @property
    def approved_minor(self) -> int:
        return sum(line.approved_minor for line in self.lines)

    @property
    def paid_minor(self) -> int:
        return sum(line.paid_minor for line in self.lines)

    @property
    def now_minor(self) -> int | None:
        """What is to be paid now: the rest once it is due, before that what lacks of the advance; None where no rule
        says it."""
        if self.due_minor is not None:
            until_now = min(self.due_minor, self.approved_minor)
        elif self.arrived:
            until_now = self.approved_minor
        elif self.advance is not None:
            until_now = self.advance.minor
        else:
            return None
        return max(0, until_now - self.paid_minor)

    @property
    def rest_minor(self) -> int:
        """What follows of the approved allowance after what is to be paid now."""
        now = self.now_minor or 0
        return max(0, (self.approved_minor if self.due_minor is None else self.due_minor) - self.paid_minor - now)

    def of_line(self, line_id: int) -> Now | None:
        """What is to be paid now of one share: each takes what it can, in their order."""
        left = self.now_minor
        if left is None:
            return None
        for line in self.lines:
            takes = min(left, max(0, line.left_minor))
            if line.id == line_id:
                return Now(takes, self._part(line, takes))
            left -= takes
        return Now(0, BALANCE)

    def _part(self, line: LineMoney, takes: int) -> str:
        if not self.arrived and self.due_minor is None and line.left_minor > takes:
            return ADVANCE
        return BALANCE if line.paid_minor else WHOLE
