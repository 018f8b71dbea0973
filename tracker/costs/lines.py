"""What an estimate is made of: lines, their parts with the reason of each, and what is missing for a sum."""

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class LineKind(enum.StrEnum):
    """The lines of a seat, in the order in which they are shown."""

    FARE = "fare"
    ALLOWANCE = "allowance"
    TERMINALS = "terminals"
    VISA = "visa"
    INSURANCE = "insurance"
    CONTINGENCY = "contingency"


class Payer(enum.StrEnum):
    """Who pays a line: this fund, the delegate's State, the host of the session, another organisation."""

    FUND = "fund"
    STATE = "state"
    HOST = "host"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a line's arithmetic: `count` times `unit` (minor units of `currency`) at `percent`, `minor` cents
    of the dollar in all. `why` names the sentence that explains it (`costs.sentences`), the rest is what it says."""

    why: str
    count: int
    unit: int
    currency: str
    percent: Decimal
    minor: int
    source: str
    place: str = ""
    first: date | None = None
    last: date | None = None
    year: int | None = None
    km: tuple[int, ...] = ()
    rule_set: str = ""
    provided: tuple[str, ...] = ()
    exchange: tuple[Decimal, date, str] | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What the office has to fill before a sum can be said: `what` names the sentence (`costs.sentences`)."""

    line: LineKind
    what: str
    place: str = ""
    first: date | None = None
    last: date | None = None
    km: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One cost of a seat in cents of the dollar. `value` is what it is worth, whoever pays; None: not known."""

    kind: LineKind
    payer: Payer
    value: int | None
    parts: tuple[Part, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def from_fund(self) -> int | None:
        """What this fund pays: 0 where somebody else does; None when that is not known."""
        return self.value if self.payer is Payer.FUND else 0

    @property
    def in_kind(self) -> int | None:
        """What somebody else pays, shown beside the sum and never part of it."""
        return 0 if self.payer is Payer.FUND else self.value


@dataclass(frozen=True, slots=True)
class Estimate:
    """The cost of one seat. `advance` is the part of the fund's allowance that is paid before the journey."""

    lines: tuple[Line, ...]
    advance: int | None
    rule_set: str
    on: date

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the fund's own lines lack; nothing is asked about lines that somebody else pays."""
        return tuple(one for line in self.lines if line.payer is Payer.FUND for one in line.missing)

    @property
    def is_complete(self) -> bool:
        """Every line that the fund pays has its amount; without it no seat is given."""
        return all(line.from_fund is not None for line in self.lines)

    @property
    def from_fund(self) -> int | None:
        """The sum that the fund pays, in cents of the dollar; None while it is incomplete."""
        return self._known() if self.is_complete else None

    @property
    def so_far(self) -> int:
        """The sum of the fund's lines that are known."""
        return self._known()

    def _known(self) -> int:
        return sum(line.from_fund or 0 for line in self.lines)

    @property
    def in_kind(self) -> int:
        """What is known of the lines that others pay."""
        return sum(line.in_kind or 0 for line in self.lines)

    def line(self, kind: LineKind) -> Line | None:
        """The line of a kind; None where the session does not pay it."""
        return next((line for line in self.lines if line.kind is kind), None)
