"""Reading the seats that a pledge pays, as far as the reader may know what its money is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.costs.lines import LineKind
from tracker.extensions import db
from tracker.participation.lifecycle import Gender
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatUse, use_of
from tracker.participation.seats.models import Seat, SeatLine
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.visible import may_describe
from tracker.pledges.women import Counted
from tracker.reference.models import Session
from tracker.rights.actor import Actor

TOLD_FROM = 3
"""Women and men are told as totals of so many seats or more."""


@dataclass(frozen=True, slots=True)
class PaidSeat:
    """A seat as far as one pledge pays it, in cents of the dollar; nobody is named.

    `described`: whether the reader may know the State, the session and whether the seat was used; of what they may not,
    these are empty. `counted`: a seat that two pledges pay counts with the one that pays its fare.
    """

    marking: str
    described: bool
    iso3: str
    kind: str
    session: Session | None
    use: SeatUse | None
    counted: bool
    gender: str
    held_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Genders:
    """Women and men among seats whose people said it."""

    women: int
    men: int


def seats_paid_by(pledge: Pledge, actor: Actor) -> list[PaidSeat]:
    """The seats for which a pledge holds, paid or held money, the newest first; one statement."""
    return [_seat(row) for row in db.session.execute(_select(actor).where(Allocation.pledge_id == pledge.id))]


def genders_of(seats: Sequence[PaidSeat]) -> Genders | None:
    """Women and men who sit or sat in these seats; None below three of whom it is said. What the reader may not know of
    and seats that nobody used are left out."""
    people = [seat.gender for seat in seats if seat.counted and seat.described and seat.use != SeatUse.UNUSED]
    said = Genders(people.count(Gender.WOMAN), people.count(Gender.MAN))
    return said if said.women + said.men >= TOLD_FROM else None


def _seat(row: Any) -> PaidSeat:
    known = bool(row.described)
    return PaidSeat(
        marking=row.marking,
        described=known,
        iso3=(row.state_iso3 or "") if known else "",
        kind=row.kind if known else "",
        session=row.Session if known else None,
        use=use_of(row.status, row.cause) if known else None,
        counted=row.id == row.first,
        gender=row.gender if known else "",
        held_minor=row.held_minor,
        paid_minor=row.paid_minor,
    )


def _select(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    held, paid, r = aliased(LedgerAccount), aliased(LedgerAccount), AssistanceRequest
    return (
        sa.select(
            *(
                Allocation.id,
                Seat.status,
                Seat.cause,
                Delegate.gender,
                Organisation.state_iso3,
                r.kind,
                r.marking,
                Session,
            ),
            sa.func.coalesce(held.balance_minor, 0).label("held_minor"),
            sa.func.coalesce(paid.balance_minor, 0).label("paid_minor"),
            may_describe(actor).label("described"),
            pays_its_fare().label("first"),
        )
        .join(Seat, Seat.id == Allocation.seat_id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(r, r.id == Allocation.request_id)
        .join(Organisation, Organisation.id == r.organisation_id)
        .outerjoin(Session, Session.id == r.session_id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .outerjoin(paid, sa.and_(paid.allocation_id == Allocation.id, paid.kind == AccountKind.PAID))
        .order_by(Allocation.id.desc())
    )


def sitting_in_seats_of(pledge_ids: Collection[int]) -> dict[int, Counted]:
    """Women and men of whom it is said, by the pledge that pays the fare of their seat; seats that were given back are
    left out. One statement."""
    rows = (
        sa.select(
            Allocation.pledge_id,
            sa.func.count().label("stated"),
            sa.func.sum(sa.case((Delegate.gender == Gender.WOMAN, 1), else_=0)).label("women"),
        )
        .join(Seat, Seat.id == Allocation.seat_id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .where(Allocation.pledge_id.in_(pledge_ids), Allocation.id == pays_its_fare())
        .where(~Seat.given_back, Delegate.gender != Gender.NOT_STATED)
        .group_by(Allocation.pledge_id)
    )
    return {row.pledge_id: Counted(int(row.women), row.stated) for row in db.session.execute(rows)}


def is_mans(seat_id: int) -> bool:
    """Whether a man sits in a seat."""
    rows = sa.select(Seat.id).join(Delegate, Delegate.id == Seat.delegate_id)
    man = rows.where(Seat.id == seat_id, Delegate.gender == Gender.MAN)
    return db.session.scalar(man) is not None


def pays_its_fare() -> sa.ScalarSelect[Any]:
    """The allocation that pays the seat's fare; where others pay it, the first of the lines that the fund pays."""
    place = sa.case({kind.value: number for number, kind in enumerate(LineKind)}, value=SeatLine.kind)
    return (
        sa.select(SeatLine.allocation_id)
        .where(SeatLine.seat_id == Seat.id, SeatLine.allocation_id.is_not(None))
        .order_by(place, SeatLine.number)
        .limit(1)
        .correlate(Seat)
        .scalar_subquery()
    )
