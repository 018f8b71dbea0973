"""What an annual report is made of, as far as its donor may know it: plain values, kept as they were counted. Amounts
are cents of the dollar unless they say otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tracker.participation.seats.lifecycle import SeatUse, use_of


@dataclass(frozen=True, slots=True)
class PledgeYear:
    """A pledge from the first to the last day. `came` is what came in to be spent, `returned` what went back to the
    donor of that; `earned` the support cost on what was paid. `rate` is the average of its receipts until the last day,
    in units of its currency for one dollar ("" before the first), and `gives_until` the last day on which its money
    can be set aside ("" where none is named, None where that day is over)."""

    id: int
    reference: str
    currency: str
    opening: int
    came: int
    paid: int
    returned: int
    held: int
    available: int
    earned: int
    rate: str
    gives_until: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """The money of one allocation in the year: held at its opening, set aside in it, paid (net of recoveries), held at
    its end; `paid_ever` is what was paid until then."""

    pledge: int
    request: int
    seat: int | None
    opening: int
    set_aside: int
    paid: int
    held: int
    paid_ever: int

    @property
    def planned(self) -> int:
        """What could be paid in the year."""
        return self.opening + self.set_aside

    @property
    def back(self) -> int:
        """What went back to the pledge."""
        return self.planned - self.paid - self.held


@dataclass(frozen=True, slots=True)
class RequestFact:
    """A request that the donor may know; `what` is the code of its session, or the beginning of its public number."""

    id: int
    iso3: str
    group: str | None
    ldc: bool
    lldc: bool
    sids: bool
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat: where it stands, with which pledge it counts, and whether no other donor pays a part of it."""

    id: int
    status: str
    cause: str | None
    borne_by: str | None
    given_back: bool
    pledge: int | None
    alone: bool

    @property
    def use(self) -> SeatUse:
        """Whether somebody travelled in it."""
        return use_of(self.status, self.cause)


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line of a seat: what of its estimate was not paid before the year, and what was paid in it."""

    request: int
    kind: str
    planned: int
    paid: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is kept of a report; `first` and `last` are its days."""

    first: str
    last: str
    pledges: Sequence[PledgeYear]
    uses: Sequence[Use]
    requests: Sequence[RequestFact]
    seats: Sequence[SeatFact]
    lines: Sequence[LineFact]


def written(facts: Facts) -> dict[str, Any]:
    """The facts as plain values."""
    return asdict(facts)


def read(kept: Mapping[str, Any]) -> Facts:
    """The facts from plain values."""
    kinds: dict[str, Any] = {
        "pledges": PledgeYear,
        "uses": Use,
        "requests": RequestFact,
        "seats": SeatFact,
        "lines": LineFact,
    }
    rows = {name: [kind(**row) for row in kept[name]] for name, kind in kinds.items()}
    return Facts(kept["first"], kept["last"], **rows)
