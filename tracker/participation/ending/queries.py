"""Seats that end without a journey, with what was paid for them, limited to what the actor may see."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.extensions import db
from tracker.participation.ending.policies import SeatFacts
from tracker.participation.offers import queries as offers
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.queries import Offered
from tracker.participation.seats.lifecycle import BEFORE_TRAVEL, Bearer, Cause, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.queries import SeatSums, sums_of_seats
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Paid:
    """A seat with its latest offer, what stands on its accounts, and the day of departure where there is a ticket."""

    one: Offered
    sums: SeatSums
    out_on: date | None = None


def get_seat(public_id: uuid.UUID, actor: Actor) -> Paid:
    """A seat with its money. NotFound when its request is not the actor's to see."""
    return _with_sums([offers.get_seat(public_id, actor)])[0]


def seat_of_offer(public_id: uuid.UUID, actor: Actor) -> Paid:
    """The seat that was offered, if it is still that of the person to whom it was offered."""
    return _with_sums([offers.get_offer(public_id, actor)])[0]


def before_travel(session_id: int, actor: Actor) -> list[Paid]:
    """The seats of a session that can still be cancelled, by State."""
    return _with_sums(offers.of_session(session_id, actor, Seat.status.in_(BEFORE_TRAVEL)))


def _with_sums(found: list[Offered]) -> list[Paid]:
    sums = sums_of_seats([one.seat.id for one in found])
    out = _departures(found)
    return [Paid(one, sums.get(one.seat.id, SeatSums()), out.get(one.seat.id)) for one in found]


def _departures(found: list[Offered]) -> dict[int, date]:
    """The day on which each of these leaves by the ticket, by seat; one statement where somebody has one."""
    ids = [one.seat.id for one in found if one.seat.status == SeatStatus.TICKETED]
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(SeatTravel.seat_id, SeatTravel.ticket_out_on)
        .join(Seat, sa.and_(Seat.id == SeatTravel.seat_id, Seat.delegate_id == SeatTravel.delegate_id))
        .where(Seat.id.in_(ids), SeatTravel.ticket_out_on.is_not(None))
    )
    return {row.seat_id: row.ticket_out_on for row in rows}


def facts_of(found: Paid) -> SeatFacts:
    """What the rules ask of a seat."""
    seat, offer = found.one.seat, found.one.offer
    here = found.one.person.id == seat.delegate_id
    first_day = found.out_on or found.one.person.arrives_on
    return SeatFacts(
        organisation_id=found.one.request.organisation_id,
        status=SeatStatus(seat.status),
        is_confirmed=here and offer is not None and offer.outcome == Outcome.CONFIRMED,
        cause=Cause(seat.cause) if seat.cause else None,
        borne_by=Bearer(seat.borne_by) if seat.borne_by else None,
        paid_minor=found.sums.paid_minor,
        has_begun=first_day is not None and first_day <= today(),
    )


def with_money(found: list[Offered]) -> dict[int, Paid]:
    """These seats by their id, with the money of those on which nobody travels; one statement where there is any."""
    ended = [one.seat.id for one in found if one.seat.cause]
    sums = sums_of_seats(ended) if ended else {}
    out = _departures(found)
    return {one.seat.id: Paid(one, sums.get(one.seat.id, SeatSums()), out.get(one.seat.id)) for one in found}
