"""The figures of an annual report, from facts alone: no database, no words.

`known` are the requests that the reader may know today: of all others there are amounts alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.assistance.lifecycle import Kind
from tracker.costs.lines import LineKind
from tracker.participation.board.groups import REGIONS, SPECIAL, Group
from tracker.participation.seats.lifecycle import SeatUse
from tracker.statements.annual.facts import Facts, PledgeYear, RequestFact, SeatFact, Use

BY_REQUEST, TECHNICAL, APART = "by_request", "technical", "apart"
"""Lines of the money that is for no seat, and the line of what is known as an amount alone."""
ORDER = (*LineKind, BY_REQUEST, TECHNICAL, APART)


@dataclass(frozen=True, slots=True)
class Done:
    """Something planned and done: numbers, or cents of the dollar."""

    key: str
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class OfRequest:
    """One request: its money, and its seats given and used. Without a `request` several of which nothing is told."""

    request: RequestFact | None
    seats: int
    used: int
    planned: int
    paid: int
    back: int
    held: int


@dataclass(frozen=True, slots=True)
class OfGroup:
    """Seats used and money paid for the States of a group; `average` of the seats that this money pays alone."""

    label: str
    used: int
    paid: int
    alone: int
    alone_paid: int

    @property
    def average(self) -> int | None:
        """For one seat; None without any."""
        return round(Fraction(self.alone_paid, self.alone)) if self.alone else None


@dataclass(frozen=True, slots=True)
class Unused:
    """What was paid in the year for seats on which nobody travelled, by who bears it."""

    borne_by: str | None
    seats: int
    paid: int


@dataclass(frozen=True, slots=True)
class Annual:
    """The figures of a year."""

    first: str
    last: str
    pledges: Sequence[PledgeYear]
    counts: Sequence[Done]
    money: Sequence[Done]
    requests: Sequence[OfRequest]
    regions: Sequence[OfGroup]
    lists: Sequence[OfGroup]
    unused: Sequence[Unused]

    @property
    def paid(self) -> int:
        """Everything that was paid."""
        return sum(one.paid for one in self.pledges)


def annual(facts: Facts, known: Collection[int]) -> Annual:
    """The figures that follow from these facts."""
    requests = {one.id: one for one in facts.requests if one.id in known}
    uses = [one for one in facts.uses if one.request in requests]
    apart = [one for one in facts.uses if one.request not in requests]
    seats = _seats(facts, uses)
    rows = [_row(requests[key], own, seats) for key, own in _by_request(uses).items()]
    rows.sort(key=lambda row: (row.request.iso3, row.request.what, row.request.id) if row.request else ("", "", 0))
    return Annual(
        first=facts.first,
        last=facts.last,
        pledges=facts.pledges,
        counts=_counts(rows, seats),
        money=_money(facts, requests, uses, apart),
        requests=[*rows, *([_row(None, apart, {})] if apart else [])],
        regions=[_group(one, requests, uses, seats) for one in REGIONS],
        lists=[_group(one, requests, uses, seats) for one in SPECIAL],
        unused=list(_unused(uses, seats)),
    )


def _seats(facts: Facts, uses: Iterable[Use]) -> dict[int, SeatFact]:
    """The seats that this money pays."""
    paid = {one.seat for one in uses}
    return {one.id: one for one in facts.seats if one.id in paid}


def _by_request(uses: Iterable[Use]) -> dict[int, list[Use]]:
    found: dict[int, list[Use]] = defaultdict(list)
    for one in uses:
        found[one.request].append(one)
    return found


def _row(request: RequestFact | None, uses: Sequence[Use], seats: dict[int, SeatFact]) -> OfRequest:
    own = {one.seat: seats[one.seat] for one in uses if one.seat in seats}
    return OfRequest(
        request,
        sum(not seat.given_back for seat in own.values()),
        sum(seat.use is SeatUse.USED for seat in own.values()),
        sum(one.planned for one in uses),
        sum(one.paid for one in uses),
        sum(one.back for one in uses),
        sum(one.held for one in uses),
    )


def _counts(rows: Sequence[OfRequest], seats: dict[int, SeatFact]) -> list[Done]:
    used = sum(one.use is SeatUse.USED for one in seats.values())
    return [Done("requests", len(rows), sum(one.paid > 0 for one in rows)), Done("seats", len(seats), used)]


def _money(facts: Facts, requests: dict[int, RequestFact], uses: Sequence[Use], apart: Sequence[Use]) -> Sequence[Done]:
    """By line. What a line does not say of the money for seats stands with no other."""
    planned: dict[str, int] = defaultdict(int)
    paid: dict[str, int] = defaultdict(int)
    for line in facts.lines:
        if line.request in requests:
            planned[line.kind] += line.planned
            paid[line.kind] += line.paid
    for use in (one for one in uses if one.seat is None):
        key = TECHNICAL if requests[use.request].kind == Kind.TECHNICAL else BY_REQUEST
        planned[key] += use.planned
        paid[key] += use.paid
    for use in apart:
        planned[APART] += use.planned
        paid[APART] += use.paid
    return [Done(key, planned[key], paid[key]) for key in ORDER if planned[key] or paid[key]]


def _group(group: Group, requests: dict[int, RequestFact], uses: Sequence[Use], seats: dict[int, SeatFact]) -> OfGroup:
    own = [one for one in uses if group.has(requests[one.request])]
    used = {one.seat for one in own if one.seat in seats and seats[one.seat].use is SeatUse.USED}
    alone = {seat for seat in used if seat is not None and seats[seat].alone}
    return OfGroup(
        group.label,
        len(used),
        sum(one.paid for one in own),
        len(alone),
        sum(one.paid_ever for one in own if one.seat in alone),
    )


def _unused(uses: Sequence[Use], seats: dict[int, SeatFact]) -> Iterable[Unused]:
    cost = [one for one in uses if one.seat in seats and seats[one.seat].use is SeatUse.UNUSED and one.paid]
    for borne_by in ("pledge", "state", None):
        those = [one for one in cost if one.seat is not None and seats[one.seat].borne_by == borne_by]
        if those:
            yield Unused(borne_by, len({one.seat for one in those}), sum(one.paid for one in those))
