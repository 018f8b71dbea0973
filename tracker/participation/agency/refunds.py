"""Refunds that are expected from the agency: what was paid for tickets on which nobody travels, and has not come back.

One condition serves the list, its file, the figure of what waits, and the account of a session.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.costs.lines import LineKind
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.agency.models import RefundNotAwaited
from tracker.participation.agency.queries import fare_moved
from tracker.participation.models import Delegate
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import SettlementLine
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import Allocation, Pledge, SeatLine
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest
S = SeatStatus


def _of_seat(value: Any, *where: Any, model: Any) -> Any:
    found = sa.select(sa.func.coalesce(sa.func.sum(value), 0)).select_from(model).where(*where)
    return found.correlate(Seat).scalar_subquery()


def _expected() -> sa.ColumnElement[int]:
    """What is expected for a seat, in cents of the dollar; zero or below where nothing is."""
    now_, old, line = aliased(SeatTravel), aliased(SeatTravel), aliased(SettlementLine)
    of_fare = line.seat_id == Seat.id, line.kind == LineKind.FARE
    current = _of_seat(now_.ticket_minor, now_.seat_id == Seat.id, now_.delegate_id == Seat.delegate_id, model=now_)
    unused = _of_seat(old.ticket_minor, old.seat_id == Seat.id, old.delegate_id != Seat.delegate_id, model=old)
    given_up = _of_seat(
        RefundNotAwaited.amount_minor, RefundNotAwaited.seat_id == Seat.id, model=RefundNotAwaited.__table__
    )
    due = _of_seat(line.due_minor + line.ended_minor, *of_fare, model=line)
    owed = sa.exists().where(*of_fare, line.owes == Owes.PAYEE).correlate(Seat)
    paid = fare_moved()
    beside = paid - current
    return sa.case(
        (Seat.status == S.SETTLED, sa.case((owed, paid - due), else_=0)),
        (Seat.status.in_((S.CANCELLED, S.NO_SHOW)), paid - due - given_up),
        else_=sa.case((unused < beside, unused), else_=beside) - given_up,
    )


EXPECTED = _expected()
IS_EXPECTED = EXPECTED > 0


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund that is expected for a seat: `allocation` pays its tickets, `tickets` are their numbers, `since` is the
    day from which it is expected."""

    seat: Seat
    person: Delegate
    iso3: str | None
    request: AssistanceRequest
    session: Session
    amount_minor: int
    pledges: str
    allocation: uuid.UUID | None
    tickets: str
    since: date | None

    @property
    def age(self) -> int | None:
        """In days."""
        return (today() - self.since).days if self.since is not None else None

    @property
    def is_settled(self) -> bool:
        return self.seat.status == S.SETTLED


def expected(actor: Actor, *where: Any) -> list[Refund]:
    """The refunds that are expected, the oldest first; three statements."""
    return _found(IS_EXPECTED, visible_to(actor), *where)


def _found(*where: Any) -> list[Refund]:
    rows = db.session.execute(
        sa.select(Seat, Delegate, Organisation.state_iso3, R, Session, EXPECTED.label("expected"))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(Session, Session.id == R.session_id)
        .where(*where)
        .execution_options(populate_existing=True)
    ).all()
    ids = [row[0].id for row in rows]
    tickets, pays = _tickets(ids), _pledges(ids)
    found = [
        Refund(*row[:5], int(row.expected), *_paid_by(pays.get(row[0].id, [])), *_told(row[0], tickets)) for row in rows
    ]
    return sorted(found, key=lambda one: (one.since or date.max, one.seat.id))


def _told(seat: Seat, tickets: dict[int, list[Any]]) -> tuple[str, date | None]:
    """The numbers of the tickets on which nobody travels, and from which day a refund is expected for them: the seat
    was cancelled, its person replaced, or the journey would have begun."""
    unused = [row for row in tickets.get(seat.id, []) if seat.status in (S.CANCELLED, S.NO_SHOW, S.SETTLED) or row.old]
    ended = day_of(seat.ended_at) if seat.ended_at else None
    days = [row.ticket_out_on for row in unused if not row.old] if seat.status != S.CANCELLED else []
    days += [day_of(row.replaced_at) for row in unused if row.replaced_at is not None]
    days += [ended] if ended is not None else []
    return ", ".join(row.ticket_number for row in unused), min(days, default=None)


def _tickets(seat_ids: list[int]) -> dict[int, list[Any]]:
    replaced = (
        sa.select(sa.func.max(Offer.sent_at))
        .where(Offer.seat_id == SeatTravel.seat_id, Offer.instead_of_id == SeatTravel.delegate_id)
        .correlate(SeatTravel)
        .scalar_subquery()
    )
    old = SeatTravel.delegate_id != Seat.delegate_id
    rows = db.session.execute(
        sa.select(
            *(SeatTravel.seat_id, SeatTravel.ticket_number, SeatTravel.ticket_out_on, old.label("old")),
            sa.case((old, replaced)).label("replaced_at"),
        )
        .join(Seat, Seat.id == SeatTravel.seat_id)
        .where(SeatTravel.seat_id.in_(seat_ids), SeatTravel.ticket_number.is_not(None))
        .order_by(SeatTravel.id)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.seat_id, []).append(row)
    return found


def _paid_by(lines: list[Any]) -> tuple[str, uuid.UUID | None]:
    return ", ".join(line.reference for line in lines), lines[0].public_id if lines else None


def _pledges(seat_ids: list[int]) -> dict[int, list[Any]]:
    rows = db.session.execute(
        sa.select(SeatLine.seat_id, Pledge.reference, Allocation.public_id)
        .join(Allocation, Allocation.id == SeatLine.allocation_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .where(SeatLine.seat_id.in_(seat_ids), SeatLine.kind == LineKind.FARE)
        .order_by(SeatLine.id)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.seat_id, []).append(row)
    return found


def of_session(session: Session, actor: Actor) -> list[Refund]:
    """The refunds that are expected for the seats of one session."""
    return expected(actor, R.session_id == session.id)


def of_seat(public_id: uuid.UUID, actor: Actor) -> Refund:
    """What is expected for one seat, nothing too. NotFound where the actor may not see its request."""
    found = _found(Seat.public_id == public_id, visible_to(actor))
    if not found:
        raise NotFound
    return found[0]
