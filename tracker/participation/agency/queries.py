"""Reading the lines of statements with our tickets, limited to requests that the actor may see."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.costs.lines import LineKind
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.money import FUND_CURRENCY
from tracker.participation.agency.columns import Stated, folded
from tracker.participation.agency.models import CHARGES, AgencyLine, LineKindOfAgency
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import Act, Allocation, Disbursement, SeatLine
from tracker.rights.actor import Actor

R = AssistanceRequest
Travel = SeatTravel


@dataclass(frozen=True, slots=True)
class OurTicket:
    """A ticket as it is recorded here: `cost_minor` in cents of the dollar (None: somebody else pays it),
    `charged_minor` what earlier statements charged for it, `is_stated` whether one has a sale of it."""

    journey_id: int
    number: str
    name: str
    iso3: str | None
    issued_on: date
    cost_minor: int | None
    charged_minor: int
    is_stated: bool


def _of_others(line: Any, run_id: int | None) -> sa.ColumnElement[bool]:
    """Lines that are not of this run; all where there is none."""
    return sa.true() if run_id is None else line.import_run_id != run_id


def _charged(*kinds: LineKindOfAgency, but_run: int | None = None) -> sa.ScalarSelect[int]:
    """What statements, without one run, charged for a journey's ticket, in cents of the dollar."""
    line = aliased(AgencyLine)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(line.amount_minor), 0))
        .where(line.journey_id == Travel.id, line.kind.in_(kinds), line.currency == FUND_CURRENCY)
        .where(_of_others(line, but_run))
        .correlate(Travel)
        .scalar_subquery()
    )


def our_tickets(reader: Actor, *, but_run: int | None) -> dict[str, list[OurTicket]]:
    """The tickets that the reader may know, by the form of their number that is compared, with what every run but one
    says of them; one statement."""
    line = aliased(AgencyLine)
    sale = line.journey_id == Travel.id, line.kind == LineKindOfAgency.SALE
    stated = sa.exists().where(*sale, _of_others(line, but_run))
    rows = db.session.execute(
        sa.select(
            *(Travel.id, Travel.ticket_number, Delegate.name, Organisation.state_iso3, Travel.ticket_issued_on),
            *(Travel.ticket_minor, _charged(*CHARGES, but_run=but_run), stated),
        )
        .join(Seat, Seat.id == Travel.seat_id)
        .join(Delegate, Delegate.id == Travel.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(Travel.ticket_number.is_not(None), visible_to(reader))
        .order_by(Travel.id)
    )
    found: dict[str, list[OurTicket]] = defaultdict(list)
    for row in rows:
        found[folded(row.ticket_number)].append(_our_ticket(row))
    return found


def _our_ticket(row: Any) -> OurTicket:
    journey_id, number, name, iso3, issued_on, cost, charged, stated = row
    return OurTicket(journey_id, number, name, iso3, issued_on, cost, int(charged), bool(stated))


def standing(*, but_run: int | None) -> dict[tuple[str, ...], tuple[int, str]]:
    """Amount and currency of the lines that are kept, by what no two have in common."""
    columns = [getattr(AgencyLine, name) for name in Stated.__slots__]
    rows = (Stated(*row) for row in db.session.execute(sa.select(*columns).where(_of_others(AgencyLine, but_run))))
    return {one.key: (one.amount_minor, one.currency) for one in rows}


def fare_moved(*directions: str, seat_id: Any = Seat.id) -> sa.ScalarSelect[int]:
    """What was paid for the tickets of a seat to others than the delegate, what came back taken off; with `directions`
    ("recovered") only that, as it stands. In cents of the dollar; what was reversed does not count."""
    line, paid, act, reversal = aliased(SeatLine), aliased(Disbursement), aliased(Act), aliased(Act)
    signed = paid.amount_minor if directions else sa.case((paid.direction == "paid", 1), else_=-1) * paid.amount_minor
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(signed), 0))
        .select_from(paid)
        .join(line, line.id == paid.seat_line_id)
        .join(act, act.id == paid.act_id)
        .outerjoin(reversal, reversal.reverses_id == act.id)
        .where(line.seat_id == seat_id, line.kind == LineKind.FARE, reversal.id.is_(None))
        .where(sa.or_(paid.direction == "recovered", paid.payee_kind != "delegate"))
        .correlate(Seat, Travel, AgencyLine)
    )
    return (query.where(paid.direction.in_(directions)) if directions else query).scalar_subquery()


def _refunded() -> sa.ScalarSelect[int]:
    """What statements say came back for the seat of a line."""
    line, journey = aliased(AgencyLine), aliased(SeatTravel)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(line.amount_minor), 0))
        .join(journey, journey.id == line.journey_id)
        .where(journey.seat_id == Seat.id, line.kind == LineKindOfAgency.REFUND)
        .correlate(Seat)
        .scalar_subquery()
    )


AGREES = sa.and_(
    AgencyLine.journey_id.is_not(None),
    AgencyLine.currency == FUND_CURRENCY,
    sa.case(
        (AgencyLine.kind == LineKindOfAgency.REFUND, fare_moved("recovered") >= _refunded()),
        else_=sa.func.coalesce(Travel.ticket_minor, 0) == _charged(*CHARGES),
    ),
)
"""Whether a line says what stands here: the charges of a ticket are its cost, what came back is recovered."""
OPEN = sa.and_(AgencyLine.remark.is_(None), ~AGREES)
"""Lines that wait until the ticket is corrected, the refund recorded, or somebody says why they differ."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A line with our ticket where it has one; `remarked_by` is the name of who said why it differs, `strict` whether
    the request of the ticket is strictly confidential."""

    line: AgencyLine
    journey: SeatTravel | None
    seat: Seat | None
    name: str
    iso3: str | None
    is_open: bool
    charged_minor: int
    fare_allocation: uuid.UUID | None
    remarked_by: str
    strict: bool


def _rows(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    by = aliased(Person)
    pays = (
        sa.select(Allocation.public_id)
        .join(SeatLine, SeatLine.allocation_id == Allocation.id)
        .where(SeatLine.seat_id == Seat.id, SeatLine.kind == LineKind.FARE)
        .order_by(SeatLine.id)
        .limit(1)
        .correlate(Seat)
        .scalar_subquery()
    )
    columns = (
        *(AgencyLine, Travel, Seat, sa.func.coalesce(Delegate.name, ""), Organisation.state_iso3, OPEN),
        *(sa.cast(_charged(*CHARGES), sa.BigInteger), pays, sa.func.coalesce(by.name, "")),
        sa.case((R.marking == Marking.STRICTLY_CONFIDENTIAL, sa.true()), else_=sa.false()),
    )
    return (
        sa.select(*columns)
        .outerjoin(Travel, Travel.id == AgencyLine.journey_id)
        .outerjoin(Seat, Seat.id == Travel.seat_id)
        .outerjoin(Delegate, Delegate.id == Travel.delegate_id)
        .outerjoin(R, R.id == Seat.request_id)
        .outerjoin(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(by, by.id == AgencyLine.remarked_by_id)
        .where(sa.or_(AgencyLine.journey_id.is_(None), visible_to(actor)))
        .order_by(AgencyLine.stated_on.desc(), AgencyLine.id)
        .execution_options(populate_existing=True)
    )


def lines(actor: Actor, *, only_open: bool, limit: int) -> list[AgencyRow]:
    """The lines of statements, the newest statement first; at most `limit` + 1, one statement."""
    query = _rows(actor).where(OPEN) if only_open else _rows(actor)
    return [AgencyRow(*row) for row in db.session.execute(query.limit(limit + 1))]


def get_line(public_id: uuid.UUID, actor: Actor) -> AgencyRow:
    """One line. NotFound where its request is not the actor's to see."""
    row = db.session.execute(_rows(actor).where(AgencyLine.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return AgencyRow(*row)
