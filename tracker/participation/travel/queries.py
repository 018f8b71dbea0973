"""Reading journeys, limited to requests that the actor may see, or whose payments they record."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import now, today
from tracker.costs.lines import LineKind
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.conditions.awaited import conditions_awaited
from tracker.participation.deviations.lifecycle import at_most
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.lifecycle import NOBODY
from tracker.participation.models import Delegate
from tracker.participation.papers.lifecycle import Paper, asked
from tracker.participation.papers.lifecycle import missing as missing_of
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.participation.travel import lifecycle
from tracker.participation.travel.cash import unrecorded
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES, ON_THE_WAY, TO_BE_PAID, Due, Journey, lacking
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.participation.travel.policies import TravelFacts
from tracker.pledges.queries.seat_money import LineOfSeat, SeatSums, sums_of_seats
from tracker.pledges.queries.visible import may_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Travelling:
    """A seat with whoever sits in it, what is recorded of their journey, its money, and what is missing. Readers who
    may know no more of the request than its reference (not `described`) learn the money and how it is paid.
    `deviation` is how the journey differs for private reasons, `papers` what the person handed in, by its name."""

    seat: Seat
    person: Delegate
    request: AssistanceRequest
    iso3: str | None
    record: SeatTravel | None
    money: SeatSums
    visa_days: int
    missing: tuple[Due, ...]
    described: bool
    signed: tuple[CashHanded, ...] = ()
    deviation: SeatDeviation | None = None
    papers: DelegatePapers | None = None

    @property
    def allowance_most_minor(self) -> int | None:
        """What is due of the allowance where private days leave less of it (None: all of it)."""
        return self.deviation.allowance_most_minor if self.deviation else None

    @property
    def signed_minor(self) -> int:
        """What the person signed for on arrival and is not recorded yet, in cents of the dollar."""
        return sum(part.amount_minor for part in self.signed)

    @property
    def signed_lines(self) -> list[tuple[LineOfSeat, CashHanded]]:
        """The same line by line, as far as private days leave it."""
        capped = to_the_person(self.money, self.allowance_most_minor)
        lines = {line.money.id: line for line in (*self.money.lines, *capped)}
        return [(lines[part.seat_line_id], part) for part in self.signed]

    @property
    def name(self) -> str:
        """Who sits in the seat; for readers who may not know it the request's reference and the seat's number."""
        return self.person.name if self.described else f"{self.request.reference} / {self.seat.number}"

    @property
    def version(self) -> int:
        """The version of what is recorded; nothing is recorded yet at 0."""
        return self.record.version if self.record else 0

    @property
    def status(self) -> SeatStatus:
        return SeatStatus(self.seat.status)

    @property
    def lapsed(self) -> bool:
        """The quotation is valid no more, and nothing was bought on it."""
        until = self.record.quoted_until if self.record else None
        return until is not None and until < today() and self.status is SeatStatus.CONFIRMED

    @property
    def quoted_above(self) -> bool:
        """The quotation is above what can be paid, and nothing was bought on it."""
        quoted = self.record.quoted_minor if self.record else None
        return quoted is not None and self.status is SeatStatus.CONFIRMED and quoted > self.money.ticket_most_minor

    @property
    def papers_in_on(self) -> date | None:
        """Since when everything that is asked of the person is there, whether or not the office has looked at it."""
        known = (self.visa_days, self.money, self.record)
        if self.papers is None or missing_of(asked_papers(*known), self.papers.counted):
            return None
        return max(self.papers.counted[paper] for paper in asked_papers(*known))

    def lacks(self, *what: str) -> bool:
        """Whether one of these is missing."""
        return any(due.what in what for due in self.missing)

    @property
    def to_hand_over(self) -> list[LineOfSeat]:
        """The lines of which something is left to be paid to the person, as far as the fund pays them."""
        return to_hand_over(self.money, self.allowance_most_minor)

    @property
    def due_minor(self) -> int:
        """What is to be handed to the person, in cents of the dollar."""
        return sum(line.money.left_minor for line in self.to_hand_over)

    def paid_words(self, kind: str) -> str:
        """How far a line that the fund pays is paid: "" where it does not, nothing, part, all."""
        if kind not in self.money.pays():
            return ""
        return "all" if self.money.is_over(kind) else "part" if self.money.paid(kind) > 0 else "nothing"


def to_hand_over(money: SeatSums, allowance_most_minor: int | None = None) -> list[LineOfSeat]:
    """The lines of a seat of which something is left to be paid to its person."""
    lines = to_the_person(money, allowance_most_minor)
    return [line for line in lines if line.money.left_minor > 0 and not line.money.is_over]


def to_the_person(money: SeatSums, allowance_most_minor: int | None) -> list[LineOfSeat]:
    """The lines of a seat that are paid to its person, as far as the fund pays them, and of the allowance no more than
    private days leave."""
    paid = [line for line in money.lines if line.money.kind in ON_ARRIVAL_LINES and line.allocation]
    allowance = [line for line in paid if line.money.kind == LineKind.ALLOWANCE]
    return [*at_most(allowance, allowance_most_minor), *(line for line in paid if line not in allowance)]


def may_read(actor: Actor) -> sa.ColumnElement[bool]:
    """The requests whose seats stand on the actor's desk: those that they may see, and for finance officers each that
    they may name, because they say how its people are paid."""
    return may_name(actor) if actor.has("finance_officer") else visible_to(actor)


def looked_after_by(actor: Actor) -> sa.ColumnElement[bool]:
    """The requests whose journeys the actor records: what `policies.looks_after` says of one."""
    if actor.has("travel_officer"):
        return visible_to(actor)
    if actor.has("programme_manager"):
        return sa.and_(visible_to(actor), R.marking == Marking.STRICTLY_CONFIDENTIAL)
    return sa.false()


def _select(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    of_the_person = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    return (
        sa.select(Seat, Delegate, R, Organisation.state_iso3, SeatTravel)
        .add_columns(visible_to(actor).label("described"), DelegatePapers, conditions_awaited().label("awaited"))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(SeatTravel, of_the_person)
        .outerjoin(DelegatePapers, DelegatePapers.delegate_id == Seat.delegate_id)
        .where(may_read(actor))
        .order_by(Organisation.state_iso3, R.id, Seat.number)
        .execution_options(populate_existing=True)
    )


def of_session(session: Session, actor: Actor, *where: Any, support: Support | None = None) -> list[Travelling]:
    """The seats of a session on which somebody travels, what is due first at the front. However many there are, one
    statement for the seats, one for their money, one for private days, and those of the session's support where it is
    not read yet."""
    there = R.session_id == session.id, Seat.status.in_(ON_THE_WAY), *where
    rows = db.session.execute(_select(actor).where(*there)).all()
    found = _whole(rows, session, support or support_of(session.id))
    return sorted(found, key=lambda one: (not one.missing, one.missing[0].by or date.max if one.missing else date.max))


def paid_on_arrival(session: Session, actor: Actor, *, handed: bool) -> list[Travelling]:
    """Who has a ticket, is paid in cash on arrival and has something to get: of those who signed for it what is not
    recorded yet, or those who have not signed."""
    there = Seat.status.in_((SeatStatus.TICKETED, SeatStatus.TRAVELLED))
    found = of_session(session, actor, SeatTravel.on_arrival, there)
    return [one for one in found if (one.signed if handed else one.due_minor and not one.signed)]


def get(public_id: uuid.UUID, actor: Actor) -> tuple[Travelling, Session]:
    """One seat by its public id, with its session. NotFound when its request is not the actor's to see."""
    one = _select(actor).add_columns(Session).join(Session, Session.id == R.session_id)
    row = db.session.execute(one.where(Seat.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    *of_seat, session = row
    return _whole([of_seat], session, support_of(session.id))[0], session


def _whole(rows: Collection[Any], session: Session, support: Support | None) -> list[Travelling]:
    ids = [row[0].id for row in rows]
    sums, deviations = (sums_of_seats(ids), deviations_of(ids)) if rows else ({}, {})
    cash = unrecorded([row[4].id for row in rows if row[4] is not None])
    found = []
    for seat, person, request, iso3, record, described, papers, awaited in rows:
        money = sums.get(seat.id) or SeatSums()
        visa = support.days_for_visa(person.nationality_iso3) if support and person.payer_visa != NOBODY else 0
        signed = cash.get(record.id, ()) if record is not None else ()
        waits = () if papers is not None and papers.erased_on else missing_papers(visa, money, papers, record)
        journey = _journey(seat, record, money, visa, (session, support), waits)
        missing = lacking(replace(journey, conditions_awaited=awaited), today())
        if described:
            known = (seat, person, request, iso3, record, money, visa, missing, True, signed)
        else:
            missing = tuple(due for due in missing if due.what in TO_BE_PAID)
            known = (seat, person, request, None, record, money, 0, missing, False, signed)
        found.append(Travelling(*known, deviations.get(seat.id), papers if described else None))
    return found


def _journey(
    seat: Seat,
    record: SeatTravel | None,
    money: SeatSums,
    visa_days: int,
    at: tuple[Session, Support | None],
    waits: tuple[str, ...],
) -> Journey:
    session, support = at
    known = ("papers_on", "authorised_on", "visa_asked_on", "visa_on", "quoted_until", "payee_known")
    return Journey(
        SeatStatus(seat.status),
        money.pays(),
        money.begun(),
        visa_days,
        session.starts_on,
        session.ends_on,
        support.day_of("papers") if support else None,
        support.day_of("ticket") if support else None,
        **({name: getattr(record, name) for name in known} if record else {}),
        not_handed_in=waits,
    )


def asked_papers(visa_days: int, money: SeatSums, record: SeatTravel | None) -> frozenset[Paper]:
    """What a person must hand in for their journey."""
    return asked(visa_days=visa_days, paid_lines=money.pays(), on_arrival=record is not None and record.on_arrival)


def missing_papers(
    visa_days: int, money: SeatSums, papers: DelegatePapers | None, record: SeatTravel | None
) -> tuple[Paper, ...]:
    """What of it is not there, or does not count yet because the office has to decide about it."""
    return missing_of(asked_papers(visa_days, money, record), papers.counted if papers else {})


def facts_of(found: Travelling) -> TravelFacts:
    """What the rules ask."""
    seat, strict = found.seat, found.request.marking == Marking.STRICTLY_CONFIDENTIAL
    leads = lifecycle.page_leads(found.status, seat.cause, seat.ended_at, now())
    return TravelFacts(found.status, strict, bool(found.signed), leads)


def still_offered(session_id: int, actor: Actor) -> int:
    """How many seats of a session are not confirmed yet; they come to the desk once they are."""
    number = sa.select(sa.func.count()).select_from(Seat).join(R, R.id == Seat.request_id)
    waits = Seat.status == SeatStatus.SELECTED
    return db.session.scalar(number.where(R.session_id == session_id, waits, may_read(actor))) or 0


@dataclass(frozen=True, slots=True)
class Desk:
    """A session with seats on which somebody travels: how many there are, and how many of them have no ticket."""

    session: Session
    seats: int
    without_ticket: int


def desks(actor: Actor) -> list[Desk]:
    """The sessions with somebody on the way, the next first; one statement."""
    waits = sa.case((Seat.status == SeatStatus.CONFIRMED, 1), else_=0)
    rows = db.session.execute(
        sa.select(Session, sa.func.count(Seat.id), sa.func.sum(waits))
        .join(R, R.session_id == Session.id)
        .join(Seat, Seat.request_id == R.id)
        .where(Seat.status.in_(ON_THE_WAY), may_read(actor))
        .group_by(Session.id)
        .order_by(Session.starts_on, Session.code)
    )
    return [Desk(session, int(seats), int(without)) for session, seats, without in rows]
