"""Reading seats with their offers, limited to requests that the actor may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import today
from tracker.calendar.working_days import between, day_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.lifecycle import NOBODY
from tracker.participation.models import Delegate
from tracker.participation.offers.lifecycle import Outcome, TravelDays, last_possible, offered_until
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import OfferFacts
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.seats.lifecycle import SeatOrigin, SeatStatus
from tracker.participation.seats.models import Seat, SeatLine
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.queries import SeatSums, sums_of_seats
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Offered:
    """A seat with the person who sits in it, its request, the latest offer of it where there was one, and what the
    person handed in, by its name."""

    seat: Seat
    person: Delegate
    request: AssistanceRequest
    iso3: str | None
    offer: Offer | None
    papers: DelegatePapers | None = None
    on_arrival: bool | None = None
    """Whether the office recorded that the person is paid on arrival."""

    @property
    def offered(self) -> Offer:
        """The offer of a seat that has one. Raises NotFound where it has none."""
        if self.offer is None:
            raise NotFound
        return self.offer

    @property
    def is_open(self) -> bool:
        """The State's answer is awaited."""
        return self.offer is not None and self.offer.outcome is None

    @property
    def waits_to_be_offered(self) -> bool:
        """The seat was given and its State was not told yet."""
        return self.seat.status == SeatStatus.SELECTED and not self.is_open

    @property
    def is_silent(self) -> bool:
        """The day of the answer has passed without one."""
        return self.offer is not None and self.offer.outcome is None and self.offer.until < today()

    def days_left(self, holidays: frozenset[date]) -> int:
        """Working days until the day of the answer; after it, minus how many have gone by."""
        return between(today(), self.offer.until, holidays) if self.offer else 0


def _select() -> sa.Select[*tuple[Any, ...]]:
    latest = sa.select(sa.func.max(Offer.id)).where(Offer.seat_id == Seat.id).correlate(Seat).scalar_subquery()
    of_the_person = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    return (
        sa.select(Seat, Delegate, R, Organisation.state_iso3, Offer, DelegatePapers, SeatTravel.on_arrival)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Offer, Offer.id == latest)
        .outerjoin(DelegatePapers, DelegatePapers.delegate_id == Seat.delegate_id)
        .outerjoin(SeatTravel, of_the_person)
        .order_by(Organisation.state_iso3, R.id, Seat.number)
        .execution_options(populate_existing=True)
    )


def of_session(session_id: int, actor: Actor, *where: Any) -> list[Offered]:
    """The seats of a session by State, with their offers; one statement."""
    rows = db.session.execute(_select().where(R.session_id == session_id, visible_to(actor), *where))
    return [Offered(*row) for row in rows]


def of_every_session(actor: Actor, *where: Any) -> list[tuple[Offered, Session]]:
    """Seats with their offers and sessions, the session that begins first at the front; one statement."""
    statement = _select().add_columns(Session).join(Session, Session.id == R.session_id)
    ordered = statement.order_by(None).order_by(
        Session.starts_on, Session.code, Organisation.state_iso3, R.id, Seat.number
    )
    return [(Offered(*row[:-1]), row[-1]) for row in db.session.execute(ordered.where(visible_to(actor), *where))]


def of_request(request_id: int) -> list[Offered]:
    """The seats of a request that the reader may see; one statement."""
    return [Offered(*row) for row in db.session.execute(_select().where(R.id == request_id))]


def get_offer(public_id: uuid.UUID, actor: Actor) -> Offered:
    """An offer, with the seat and the person who sits in it now. NotFound when its request is not the actor's to see.

    What was offered earlier than the seat's latest offer is found, too: whoever opens an old letter reads what became
    of it."""
    statement = (
        sa.select(Seat, Delegate, R, Organisation.state_iso3, Offer)
        .select_from(Offer)
        .join(Seat, Seat.id == Offer.seat_id)
        .join(Delegate, Delegate.id == Offer.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(Offer.public_id == public_id, visible_to(actor))
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return Offered(*row)


def get_seat(public_id: uuid.UUID, actor: Actor) -> Offered:
    """A seat with its latest offer. NotFound when its request is not the actor's to see."""
    row = db.session.execute(_select().where(Seat.public_id == public_id, visible_to(actor))).one_or_none()
    if row is None:
        raise NotFound
    return Offered(*row)


def facts_of(found: Offered) -> OfferFacts:
    """What the rules ask of an offer; one statement."""
    outcome, here = found.offered.outcome, found.person.id == found.seat.delegate_id
    status = SeatStatus(found.seat.status) if here else None
    paid = sums_of_seats([found.seat.id]).get(found.seat.id, SeatSums()).paid_minor
    return OfferFacts(found.request.organisation_id, Outcome(outcome) if outcome else None, status, paid)


def lines_of(seat_id: int) -> Sequence[SeatLine]:
    """The lines of a seat in the order in which they were estimated."""
    return db.session.scalars(sa.select(SeatLine).where(SeatLine.seat_id == seat_id).order_by(SeatLine.id)).all()


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides until when the seats of a session are offered."""

    session: Session
    support: Support | None
    first_given_on: date | None
    working: int
    holidays: frozenset[date]

    def until(self, one: Offered) -> date | None:
        """The last day for an answer on this seat; None when nobody can get there in time any more."""
        return self.until_for(one.seat, one.person)

    def until_for(self, seat: Seat, person: Delegate) -> date | None:
        """The same for somebody who is to sit in the seat."""
        first = seat.origin == SeatOrigin.ROUND and day_of(seat.selected_at) == self.first_given_on
        return self._until(person, first_round=first)

    def until_promoted(self, person: Delegate) -> date | None:
        """The same for somebody who is given a seat from the reserve list today."""
        return self._until(person, first_round=False)

    def _until(self, person: Delegate, *, first_round: bool) -> date | None:
        return offered_until(
            self._days(person), first_round=first_round, today=today(), working=self.working, holidays=self.holidays
        )

    def can_get_there(self, person: Delegate) -> bool:
        """Whether a visa and a ticket can still be had when the State answers tomorrow."""
        last = last_possible(self._days(person), today())
        return last is None or last > today()

    def _days(self, person: Delegate) -> TravelDays:
        support, starts_on = self.support, self.session.starts_on
        if support is None:
            return TravelDays(None, None, None, starts_on, 0)
        visa = 0 if person.payer_visa == NOBODY else support.days_for_visa(person.nationality_iso3)
        answer, papers, ticket = map(support.day_of, ("answer", "papers", "ticket"))
        return TravelDays(answer, papers, ticket, starts_on, visa)


def limits_of(session: Session, support: Support | None = None) -> Limits:
    """Read once what `Limits` asks, the session's support where it is not read yet. The seats of the first round are
    those given on the day of the first."""
    first = sa.select(sa.func.min(Seat.selected_at)).join(R, R.id == Seat.request_id)
    given = db.session.scalar(first.where(R.session_id == session.id, Seat.origin == SeatOrigin.ROUND))
    return Limits(
        session,
        support or support_of(session.id),
        day_of(given) if given is not None else None,
        reference.clock_days("offer"),
        reference.holiday_dates(),
    )


def _all_answered() -> sa.ScalarSelect[datetime | None]:
    """When the last answer of a session came: none while a seat of it waits for an offer or for an answer."""
    of_session = sa.select(R.id).where(R.session_id == Session.id).correlate(Session)
    waiting = sa.exists().where(Seat.request_id.in_(of_session), Seat.status == SeatStatus.SELECTED)
    latest = sa.select(sa.func.max(Offer.closed_at)).join(Seat, Seat.id == Offer.seat_id)
    return latest.where(Seat.request_id.in_(of_session), ~waiting).correlate(Session).scalar_subquery()


ALL_ANSWERED = _all_answered()
