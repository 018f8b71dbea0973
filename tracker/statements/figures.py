"""What a statement counts: the steps of a pledge's ledger between two days, from opening to closing. Pure.

A step belongs to the day on which it was posted; its value date is shown beside it. The figures are those of
`pledges.ledger_columns`, and what was set aside for the support cost and went back of it: no balance tells that.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tracker.languages.marking import lazy
from tracker.money import support_on
from tracker.pledges import ledger_columns
from tracker.pledges.lifecycle import OF_ALLOCATION, AccountKind
from tracker.statements.periods import Period

SET_ASIDE, SUPPORT_BACK = "set_aside", "support_back"
"""Support cost taken from receipts, and what of it was given back."""
TOGETHER = (AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.PAID, AccountKind.SUPPORT)
"""What came in and was not given back, wherever it stands: these add up to it, in the fund's currency."""

GROUPS: dict[str, Any] = {
    "promised": lazy("Promised"),
    "cancelled": lazy("No longer promised"),
    "received": lazy("Money received"),
    "applied": lazy("Surplus applied"),
    "allocated": lazy("Allocated"),
    "released": lazy("Money released"),
    "paid": lazy("Paid"),
    "recovered": lazy("Recovered"),
    "returned": lazy("Returned to the donor"),
}
"""The lines of a statement between opening and closing, in their order."""
_GROUP_OF = {
    **dict.fromkeys(("accept", "raise"), "promised"),
    **dict.fromkeys(("reduce", "withdraw", "lapse"), "cancelled"),
    **dict.fromkeys(("return", "refund"), "returned"),
    "receipt": "received",
    "apply": "applied",
    "approve": "allocated",
    "release": "released",
    "disburse": "paid",
    "recover": "recovered",
}

Sums = Mapping[str, int]


def changes_of(source: str, target: str, amount_minor: int, *, reversal: bool) -> dict[str, int]:
    """What one transfer, or several alike, change in every figure of a statement."""
    changes = dict(ledger_columns.figures(source, target, amount_minor, reversal=reversal))
    changes.pop(AccountKind.EXCHANGE, None)  # it stands in two currencies, and tells nothing
    went, sign = ((target, source), -1) if reversal else ((source, target), 1)
    if went == (AccountKind.EXCHANGE, AccountKind.SUPPORT):
        changes[SET_ASIDE] = sign * amount_minor
    elif went == (AccountKind.SUPPORT, AccountKind.EXCHANGE):
        changes[SUPPORT_BACK] = sign * amount_minor
    return changes


def group_of(name: str) -> str:
    """Under which line of a statement a step counts; a reversal counts where the step does that it takes back."""
    return _GROUP_OF[name]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the ledger. `name` is the step's, for a reversal that of the step number `reverses`. `earlier` says
    that it concerns a period before: by its value date, or by the step that it takes back."""

    number: int
    public_id: UUID
    name: str
    posted_on: date
    value_date: date
    reference: str = ""
    reverses: int | None = None
    allocation_id: int | None = None
    rate: Decimal | None = None
    rate_date: date | None = None
    rate_source: str = ""
    earlier: bool = False
    changes: Counter[str] = field(default_factory=Counter)

    @property
    def group(self) -> str:
        """The line of the statement under which it counts."""
        return group_of(self.name)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a statement between opening and closing, with the steps behind it."""

    group: str
    earlier: bool
    lines: tuple[Line, ...]

    @property
    def changes(self) -> Sums:
        """What its steps changed together."""
        return added(line.changes for line in self.lines)

    @property
    def anchor(self) -> str:
        """Where its steps stand on the page."""
        return f"l-{self.group}{'-earlier' if self.earlier else ''}"


@dataclass(frozen=True, slots=True)
class Use:
    """What happened to the money of one allocation; `by_group` is what of it was held more or less, so that it leads
    from what was held at the opening to what is held at the closing."""

    opening: Sums
    by_group: Mapping[str, int]
    closing: Sums


@dataclass(frozen=True, slots=True)
class Support:
    """The support cost at the end of a period, in the fund's currency: `earned` by what was paid, net of recoveries."""

    set_aside_minor: int
    earned_minor: int
    returned_minor: int


@dataclass(frozen=True, slots=True)
class PledgeFigures:
    """A pledge between two days: what each figure stood at before, and the steps in between, by number.

    `opening_of` has the held and paid money of each allocation before.
    """

    period: Period
    currency: str
    support_rate_bp: int
    opening: Sums
    opening_of: Mapping[int, Sums]
    lines: Sequence[Line]

    @property
    def closing(self) -> Sums:
        """What each figure stands at after the last step."""
        return added((self.opening, *(line.changes for line in self.lines)))

    @property
    def movements(self) -> list[Movement]:
        """The lines between opening and closing; what concerns earlier periods stands apart."""
        keys = [(group, earlier) for earlier in (False, True) for group in GROUPS]
        found = [
            Movement(*key, tuple(line for line in self.lines if (line.group, line.earlier) == key)) for key in keys
        ]
        return [one for one in found if one.lines]

    @property
    def uses(self) -> dict[int, Use]:
        """By allocation, those of which something was held or paid before or is moved in between."""
        moved: dict[int, list[Line]] = {key: [] for key, sums in self.opening_of.items() if any(sums.values())}
        for line in self.lines:
            if line.allocation_id is not None:
                moved.setdefault(line.allocation_id, []).append(line)
        return {key: self._use(self.opening_of.get(key, {}), lines) for key, lines in sorted(moved.items())}

    def _use(self, opening: Sums, lines: Sequence[Line]) -> Use:
        by_group: Counter[str] = Counter()
        for line in lines:
            by_group[line.group] += line.changes[AccountKind.HELD]
        after = added((opening, *(line.changes for line in lines)))
        return Use(opening, by_group, {kind: after[kind] for kind in OF_ALLOCATION})

    def support(self, sums: Sums) -> Support:
        """The support cost where the figures stand at `sums`."""
        rate = Decimal(self.support_rate_bp) / 100
        earned = support_on(sums.get(AccountKind.PAID, 0), rate)
        return Support(sums.get(SET_ASIDE, 0), earned, sums.get(SUPPORT_BACK, 0))


def added(several: Iterable[Sums]) -> Counter[str]:
    """Sums added up, figure by figure; what adds up to nothing is zero."""
    total: Counter[str] = Counter()
    for sums in several:
        for name, amount in sums.items():
            total[name] += amount
    return total


def together(sums: Sums) -> int:
    """Money that came in and was not given back, in the fund's currency."""
    return sum(sums.get(kind, 0) for kind in TOGETHER)


def hash_of(lines: Iterable[Line]) -> str:
    """The SHA-256 of lines: what each step was, and what it changed."""
    said = [
        [
            line.number,
            str(line.public_id),
            line.name,
            line.reverses,
            line.posted_on.isoformat(),
            line.value_date.isoformat(),
            line.reference,
            line.allocation_id,
            None if line.rate is None else f"{line.rate.normalize():f}",
            {name: amount for name, amount in sorted(line.changes.items()) if amount},
        ]
        for line in sorted(lines, key=lambda line: line.number)
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
