"""Seats given and ended: who sits in them, their lines, and the money that is held for them, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.costs.lines import LineKind, Payer
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, TRANSITIONS, Cause, SeatAction, SeatOrigin
from tracker.participation.seats.models import Seat
from tracker.participation.seats.shares import must_keep_shares
from tracker.pledges.models import SeatLine
from tracker.pledges.services.seats import Moved, SeatMoney, hold_for_seats
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as it was estimated, in cents of the dollar, and the pledge that pays it where the fund does. `parts` are
    the steps of the estimate (`costs.Part`) as plain values."""

    kind: LineKind
    payer: Payer
    estimate_minor: int | None
    pledge_id: int | None = None
    parts: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat to be given to somebody whom the State nominated in a request."""

    request_id: int
    delegate_id: int
    lines: tuple[NewLine, ...]


@verb(events=None)
def give_seats(seats: Sequence[NewSeat], *, origin: SeatOrigin, proposed_by_id: int, actor: Actor) -> list[int]:
    """Give seats and hold their money, all or nothing; gives their ids, in order. One event for each request.

    Approved by a finance officer who did not propose them. Raises Moved with what stands against it by now.
    """
    requests = _requests_of(seats)
    _select_people(seats)
    rows = _seat_rows(seats, origin)
    items = [
        SeatMoney(row.id, row.request_id, pledge_id, amount)
        for row, seat in zip(rows, seats, strict=True)
        for pledge_id, amount in _by_pledge(seat).items()
    ]
    allocations = hold_for_seats(items, proposed_by_id=proposed_by_id, actor=actor)
    held = {(item.seat_id, item.pledge_id): id_ for item, id_ in zip(items, allocations, strict=True)}
    for row, seat in zip(rows, seats, strict=True):
        db.session.add_all(_line(line, row.id, held) for line in seat.lines)
    db.session.flush()
    must_keep_shares([(seat.delegate_id, _payers(seat)) for seat in seats])
    for request in requests:
        _record("participation.seats_given", request, [row for row in rows if row.request_id == request.id], actor)
    return [row.id for row in rows]


def _requests_of(seats: Sequence[NewSeat]) -> Sequence[AssistanceRequest]:
    """The requests in the order of their ids; other acts on them wait until the commit."""
    ids = {seat.request_id for seat in seats}
    statement = sa.select(AssistanceRequest).where(AssistanceRequest.id.in_(ids)).order_by(AssistanceRequest.id)
    return db.session.scalars(statement.with_for_update(of=AssistanceRequest)).all()


def _select_people(seats: Sequence[NewSeat]) -> None:
    """Mark everybody as selected. Raises Moved naming who cannot be given a seat any more."""
    reasons = []
    for seat in sorted(seats, key=lambda one: one.delegate_id):
        selected = update_where(
            Delegate,
            Delegate.id == seat.delegate_id,
            Delegate.request_id == seat.request_id,
            Delegate.removed_at.is_(None),
            Delegate.status.in_(AWAITS_A_SEAT),
            status=DelegateStatus.SELECTED.value,
            version=Delegate.version + 1,
        )
        if not selected:
            name = db.session.scalar(sa.select(Delegate.name).where(Delegate.id == seat.delegate_id))
            reasons.append(lazy("%(name)s has a seat already or is not nominated any more.", name=name))
    if reasons:
        raise Moved(reasons)


def _seat_rows(seats: Sequence[NewSeat], origin: SeatOrigin) -> list[Seat]:
    """The seats as rows, numbered after those that the request has."""
    ids = {seat.request_id for seat in seats}
    highest = sa.select(Seat.request_id, sa.func.max(Seat.number)).where(Seat.request_id.in_(ids))
    numbers: dict[int, int] = defaultdict(int)
    numbers.update({row[0]: row[1] for row in db.session.execute(highest.group_by(Seat.request_id))})
    rows = []
    for seat in seats:
        numbers[seat.request_id] += 1
        number = numbers[seat.request_id]
        rows.append(Seat(request_id=seat.request_id, number=number, delegate_id=seat.delegate_id, origin=origin.value))
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _by_pledge(seat: NewSeat) -> dict[int, int]:
    """What each pledge pays for the seat: the sum of whole lines. Raises ValueError for a line that nobody pays."""
    sums: dict[int, int] = defaultdict(int)
    for line in seat.lines:
        if line.payer is Payer.FUND and line.estimate_minor is None:
            raise ValueError("A seat whose estimate is incomplete cannot be given.")
        if line.payer is Payer.FUND and line.estimate_minor:
            if line.pledge_id is None:
                raise ValueError("A line that the fund pays comes from a pledge.")
            sums[line.pledge_id] += line.estimate_minor
    return sums


def _payers(seat: NewSeat) -> list[int]:
    """The pledges of a seat, first the one that pays the first of the lines that the fund pays."""
    place = list(LineKind)
    paid = [line for line in seat.lines if line.payer is Payer.FUND and line.estimate_minor]
    in_order = sorted(paid, key=lambda line: place.index(line.kind))
    return list(dict.fromkeys(line.pledge_id for line in in_order if line.pledge_id is not None))


def _line(line: NewLine, seat_id: int, held: dict[tuple[int, int], int]) -> SeatLine:
    approved = line.estimate_minor or 0 if line.payer is Payer.FUND else 0
    return SeatLine(
        seat_id=seat_id,
        kind=line.kind.value,
        payer=line.payer.value,
        estimate_minor=line.estimate_minor,
        approved_minor=approved,
        allocation_id=held[seat_id, line.pledge_id] if approved and line.pledge_id is not None else None,
        parts=line.parts,
    )


@verb(events=None)
def cancel_seats(request_id: int, *, actor: Actor) -> int:
    """End the seats of a request that ended; its money went back already. Gives how many. What was travelled or missed
    stays to be settled."""
    lawful = TRANSITIONS[SeatAction.CANCEL].sources
    statement = sa.select(Seat).where(Seat.request_id == request_id, Seat.status.in_(lawful)).order_by(Seat.id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    for row in rows:
        row.apply(SeatAction.CANCEL, version=None, cause=Cause.WITHDRAWN.value)
    if rows:
        people = [row.delegate_id for row in rows]
        update_where(
            Delegate, Delegate.id.in_(people), status=DelegateStatus.CANCELLED.value, version=Delegate.version + 1
        )
        _record("participation.seats_cancelled", db.session.get_one(AssistanceRequest, request_id), rows, actor)
    return len(rows)


def _record(name: str, request: AssistanceRequest, rows: Sequence[Seat], actor: Actor) -> None:
    seat_ids, delegate_ids = [row.id for row in rows], [row.delegate_id for row in rows]
    events.record(name, request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids)
