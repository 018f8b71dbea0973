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
    days are not known. `arrived`: whoever sits in the seat has come; `travels`: they have, or are about to. `due_minor`
    is what the settlement counted."""

    lines: Sequence[LineMoney]
    advance: Advance | None
    arrived: bool = False
    due_minor: int | None = None
    travels: bool = True

    @property
    def approved_minor(self) -> int:
        return sum(line.approved_minor for line in self.lines)

    @property
    def paid_minor(self) -> int:
        return sum(line.paid_minor for line in self.lines)

    @property
    def now_minor(self) -> int | None:
        """What is to be paid now: the rest once it is due, before that what lacks of the advance, and nothing where
        nobody travels; None where no rule says it."""
        if self.due_minor is not None:
            until_now = min(self.due_minor, self.approved_minor)
        elif not self.travels:
            return 0
        elif self.arrived:
            until_now = self.approved_minor
        elif self.advance is not None:
            until_now = self.advance.minor
        else:
            return None
        return max(0, min(until_now - self.paid_minor, sum(map(self._takes_most, self.lines))))

    def _takes_most(self, line: LineMoney) -> int:
        """What a share can take still; nothing once its last part is paid, until a settlement says what is due."""
        return 0 if line.is_over and self.due_minor is None else max(0, line.left_minor)

    def of_line(self, line_id: int) -> Now | None:
        """What is to be paid now of one share: each takes what it can, in their order."""
        left = self.now_minor
        if left is None:
            return None
        for line in self.lines:
            takes = min(left, self._takes_most(line))
            if line.id == line_id:
                return Now(takes, self._part(line, takes))
            left -= takes
        return Now(0, BALANCE)

    def _part(self, line: LineMoney, takes: int) -> str:
        if not self.arrived and self.due_minor is None and line.left_minor > takes:
            return ADVANCE
        return BALANCE if line.paid_minor else WHOLE
