"""What is held and can be paid now: requests as a whole, seats line by line."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.working_days import day_of
from tracker.extensions import db
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel
from tracker.pledges import queries as pledges
from tracker.pledges.seat_lines import BALANCE, LINE_LABELS, WHOLE, payable


@dataclass(frozen=True, slots=True)
class ToPay:
    """An amount in the fund's currency that can be paid out of an allocation: for a `seat` (its number) with the kind
    of line, else for the request. `payee` is the number in the finance system of whoever sits in the seat, "" where
    it is not known; `open`: the request is not confidential. Of a seat `line_id` and the `part` of the line."""

    allocation: uuid.UUID
    request: str
    iso3: str | None
    pledge: str
    seat: int
    line: Any
    kind: str
    amount_minor: int
    since: date | None
    payee: str
    open: bool
    line_id: int = 0
    part: str = ""

    @property
    def name(self) -> str:
        """What tells it from every other."""
        return f"{self.allocation}.{self.line_id}"


def to_pay(held: Iterable[Any]) -> list[ToPay]:
    """What can be paid of these allocations (`pledges.queries.waiting`), in three statements."""
    rows = list(held)
    lines = pledges.lines_of_each([row.allocation.id for row in rows])
    seats = _seats({row.allocation.seat_id for row in rows if row.allocation.seat_id is not None})
    open_ = _open({row.allocation.request_id for row in rows})
    found: list[ToPay] = []
    for row in rows:
        allocation = row.allocation
        seat: Any = seats.get(allocation.seat_id)
        since = day_of(allocation.approved_at) if allocation.approved_at else None
        iso3 = row.request.state_iso3 if row.request.described else None
        known = allocation.public_id, row.request.reference, iso3, row.pledge.reference
        beside = since, (seat.payee_number or "") if seat else "", allocation.request_id in open_
        mine = lines[allocation.id]
        if allocation.seat_id is None:
            found.append(ToPay(*known, 0, "", "", row.held_minor, *beside))
        for line in mine if seat else ():
            if line.kind != "contingency" and (most := payable(line, mine, row.held_minor)):
                minor = min(most, max(line.left_minor, 0)) or most
                shown = seat.number, LINE_LABELS[line.kind], line.kind, minor
                part = BALANCE if line.paid_minor else WHOLE
                found.append(ToPay(*known, *shown, *beside, line.id, part))
    return found


def _seats(ids: set[int]) -> dict[int, Any]:
    same = SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id
    query = sa.select(Seat.id, Seat.number, SeatTravel.payee_number).outerjoin(SeatTravel, sa.and_(*same))
    return {row.id: row for row in db.session.execute(query.where(Seat.id.in_(ids)))}


def _open(ids: set[int]) -> set[int]:
    r = AssistanceRequest
    return set(db.session.scalars(sa.select(r.id).where(r.id.in_(ids), r.marking == Marking.UNCLASSIFIED)))
