"""The figures of a report, from facts alone: no database, no words, no reader.

A seat counts once, with the pledge that pays its fare; money counts where it stands in the ledger.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tracker.costs.lines import LineKind
from tracker.participation.board.groups import REGIONS, SPECIAL, Share, shares
from tracker.participation.board.queries import ELIGIBLE
from tracker.participation.lifecycle import Gender
from tracker.participation.seats.lifecycle import SeatUse
from tracker.participation.seats.queries import TOLD_FROM
from tracker.reporting.facts import Apart, Facts, MoneyFact, PledgeFact, SeatFact


@dataclass(frozen=True, slots=True)
class Counts:
    """People and seats by how far they came. `given` counts every seat that was ever given, `ended` those that ended
    before their journey, `missed` journeys on which nobody came."""

    requests: int
    states: int
    asked: int
    eligible: int
    given: int
    ended: int
    used: int
    missed: int

    @property
    def open(self) -> int:
        """Seats of which it is not known yet whether somebody travels."""
        return self.given - self.ended - self.used - self.missed


@dataclass(frozen=True, slots=True)
class Women:
    """Women among those who said which they are, where these are three or more; `of` says which people."""

    of: str
    women: int
    stated: int

    @property
    def percent(self) -> int:
        return round(Fraction(100 * self.women, self.stated))


@dataclass(frozen=True, slots=True)
class OfState:
    """One State: people nominated, seats given and used, and money in cents of the dollar."""

    iso3: str
    asked: int
    given: int
    used: int
    held_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class OfPledge:
    """What one pledge pays, and how many seats count with it, used or not."""

    pledge: PledgeFact
    seats: int
    used: int
    held_minor: int
    paid_minor: int
    back_minor: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What the seats cost in which somebody travelled, in cents of the dollar."""

    key: str
    label: str
    seats: int
    paid_minor: int

    @property
    def average_minor(self) -> int | None:
        """For one seat; None without any."""
        return round(Fraction(self.paid_minor, self.seats)) if self.seats else None


@dataclass(frozen=True, slots=True)
class Unused:
    """What was paid for seats on which nobody travelled, by who bears it (None: it is not said yet)."""

    borne_by: str | None
    seats: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets that were bought, and those bought in time: None where the day is not known."""

    bought: int
    in_time: int | None
    days: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a session for one reader. `before` is support from before there were rounds, by pledge; what is
    in it is in no other figure."""

    counts: Counts
    regions: tuple[Share, ...]
    lists: tuple[Share, ...]
    women: tuple[Women, ...]
    states: tuple[OfState, ...]
    pledges: tuple[OfPledge, ...]
    lines: tuple[Any, ...]
    costs: tuple[Cost, ...]
    tickets: Tickets
    unused: tuple[Unused, ...]
    unmet: Any
    before: tuple[OfPledge, ...]
    held_minor: int
    paid_minor: int
    withheld: int
    apart: Apart

    @property
    def cost(self) -> Cost:
        """Of all seats in which somebody travelled."""
        return Cost("all", "", sum(one.seats for one in self.costs), sum(one.paid_minor for one in self.costs))

    @property
    def is_empty(self) -> bool:
        """Nobody asked, and nothing was paid or set aside."""
        return not (self.counts.requests or self.states or self.before or self.apart.requests)


def report(facts: Facts) -> Report:
    """The figures that follow from these facts."""
    for_seats = [one for one in facts.money if one.seat_id is not None]
    before = [one for one in facts.money if one.seat_id is None]
    paid = _by_seat(for_seats)
    return Report(
        counts=_counts(facts),
        regions=shares(facts.board, REGIONS),
        lists=shares(facts.board, SPECIAL),
        women=tuple(_women(facts)),
        states=tuple(_states(facts, for_seats)),
        pledges=tuple(_pledges(facts, for_seats, facts.seats)),
        lines=_lines(facts),
        costs=tuple(_cost(one.key, one.label, filter(one.has, facts.seats), paid) for one in REGIONS),
        tickets=_tickets(facts),
        unused=tuple(_unused(facts.seats, paid)),
        unmet=facts.asked,
        before=tuple(_pledges(facts, before, ())),
        held_minor=sum(one.held_minor for one in for_seats),
        paid_minor=sum(one.paid_minor for one in for_seats),
        withheld=facts.withheld,
        apart=facts.apart,
    )


def _by_seat(money: Iterable[MoneyFact]) -> dict[int | None, int]:
    found: dict[int | None, int] = defaultdict(int)
    for one in money:
        found[one.seat_id] += one.paid_minor
    return found


def _counts(facts: Facts) -> Counts:
    board, seats = facts.board, facts.seats
    return Counts(
        requests=len(board.rows),
        states=board.states,
        asked=board.people(),
        eligible=board.people(lambda row: row.status in ELIGIBLE),
        given=len(seats),
        ended=sum(one.given_back for one in seats),
        used=sum(one.use is SeatUse.USED for one in seats),
        missed=sum(one.use is SeatUse.UNUSED and not one.given_back for one in seats),
    )


def _women(facts: Facts) -> Iterable[Women]:
    board = facts.board
    seated, used = _stated(facts, lambda one: not one.given_back), _stated(facts, lambda one: one.use is SeatUse.USED)
    for of, women, stated in (("nominated", board.women, board.stated), ("seats", *seated), ("used", *used)):
        if stated >= TOLD_FROM:
            yield Women(of, women, stated)


def _stated(facts: Facts, which: Callable[[SeatFact], bool]) -> tuple[int, int]:
    said = [one.gender for one in facts.seats if which(one) and one.gender != Gender.NOT_STATED]
    return said.count(Gender.WOMAN), len(said)


def _states(facts: Facts, money: Sequence[MoneyFact]) -> Iterable[OfState]:
    asked: dict[str, int] = defaultdict(int)
    for row in facts.board.rows:
        asked[row.iso3] += row.delegates
    named = {*asked, *(one.iso3 for one in facts.seats), *(one.iso3 for one in money)}
    for iso3 in sorted(named):
        seats = [one for one in facts.seats if one.iso3 == iso3]
        own = [one for one in money if one.iso3 == iso3]
        yield OfState(
            iso3,
            asked[iso3],
            sum(not one.given_back for one in seats),
            sum(one.use is SeatUse.USED for one in seats),
            sum(one.held_minor for one in own),
            sum(one.paid_minor for one in own),
        )


def _pledges(facts: Facts, money: Sequence[MoneyFact], seats: Sequence[SeatFact]) -> Iterable[OfPledge]:
    for pledge in facts.pledges:
        own = [one for one in money if one.pledge_id == pledge.id]
        counted = [one for one in seats if one.pledge_id == pledge.id and not one.given_back]
        if own:
            yield OfPledge(
                pledge,
                len(counted),
                sum(one.use is SeatUse.USED for one in counted),
                sum(one.held_minor for one in own),
                sum(one.paid_minor for one in own),
                sum(one.back_minor for one in own),
            )


def _lines(facts: Facts) -> tuple[Any, ...]:
    order = list(LineKind)
    return tuple(sorted(facts.lines, key=lambda one: order.index(LineKind(one.kind))))


def _cost(key: str, label: str, seats: Iterable[SeatFact], paid: dict[int | None, int]) -> Cost:
    used = [one for one in seats if one.use is SeatUse.USED and one.alone]
    return Cost(key, label, len(used), sum(paid[one.id] for one in used))


def _tickets(facts: Facts) -> Tickets:
    days = [one.ticket_on for one in facts.seats if one.ticket_on is not None]
    last = facts.ticket_day
    return Tickets(len(days), None if last is None else sum(day <= last for day in days), facts.ticket_days)


def _unused(seats: Sequence[SeatFact], paid: dict[int | None, int]) -> Iterable[Unused]:
    cost = [one for one in seats if one.use is SeatUse.UNUSED and paid[one.id]]
    for borne_by in ("pledge", "state", None):
        those = [one for one in cost if one.borne_by == borne_by]
        if those:
            yield Unused(borne_by, len(those), sum(paid[one.id] for one in those))
