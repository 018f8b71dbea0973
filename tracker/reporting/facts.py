"""What a report of a session is made of, as far as its reader may know it: plain values, read by `queries`."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker.participation.board.money import Asked
from tracker.participation.board.queries import Board
from tracker.participation.seats.lifecycle import SeatUse, use_of


class Edition(enum.StrEnum):
    """For whom a report is made."""

    OFFICE = "office"
    DONOR = "donor"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat that was given. `pledge_id` is the pledge with which it counts, the one that pays its fare; `alone` says
    that no pledge pays it of which this report tells nothing."""

    id: int
    request_id: int
    iso3: str
    group: str | None
    ldc: bool
    lldc: bool
    sids: bool
    status: str
    cause: str | None
    borne_by: str | None
    given_back: bool
    gender: str
    ticket_on: date | None
    pledge_id: int | None
    alone: bool = True

    @property
    def use(self) -> SeatUse:
        """Whether somebody travelled in it."""
        return use_of(self.status, self.cause)


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """What one allocation holds and paid, in cents of the dollar; without `seat_id` it was set aside for a request as a
    whole, as before there were rounds."""

    pledge_id: int
    request_id: int
    seat_id: int | None
    iso3: str
    amount_minor: int
    held_minor: int
    paid_minor: int

    @property
    def back_minor(self) -> int:
        """What of it is with the pledge again."""
        return self.amount_minor - self.held_minor - self.paid_minor


@dataclass(frozen=True, slots=True)
class PledgeFact:
    """A pledge that pays, whose it is, and the single States that it names (codes), where it does."""

    id: int
    public_id: UUID
    reference: str
    donor: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFact:
    """One line over all seats: what was estimated for it and what was paid, in cents of the dollar."""

    kind: str
    estimate_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Requests of which a report tells amounts alone, in cents of the dollar."""

    requests: int = 0
    held_minor: int = 0
    paid_minor: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a session that one reader may know. `ticket_day` is the last day on which a ticket is bought in
    time, `ticket_days` how long that is before the session; `withheld` counts requests of which nothing is in here.
    `settled`: all seats have ended, and nothing of them is to be settled or owed any more."""

    board: Board
    seats: Sequence[SeatFact]
    money: Sequence[MoneyFact]
    pledges: Sequence[PledgeFact]
    lines: Sequence[LineFact]
    asked: Asked | None
    ticket_day: date | None
    ticket_days: int
    withheld: int = 0
    apart: Apart = Apart()
    settled: bool = False
