"""Who asked and who was given over all sessions, and the sessions of which a donor's money pays something."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.lifecycle import Kind, Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.participation.board.queries import Board, boards_of
from tracker.participation.seats.models import Seat
from tracker.participation.seats.reactions import is_over
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.donors import donor_name
from tracker.reference import country_lists
from tracker.reference.models import Session, State
from tracker.reporting.equity import EarlierFact, Equity, equity, published_equity
from tracker.reporting.publishing import agreed
from tracker.reporting.queries.session import OPEN, published_fields
from tracker.reporting.readers import Counted, Known, known_of, readers
from tracker.rights.actor import Actor
from tracker.rounds.earlier.models import EarlierSeats

R = AssistanceRequest


def equity_for_office(actor: Actor, *, as_file: bool = False) -> Equity:
    """Over all sessions for which a State asked, as far as the actor may read the requests; nothing strictly
    confidential is exported. Five statements at most."""
    where = (OPEN,) if as_file else ()
    return equity(_with_sessions(boards_of(actor, *where)), _earlier())


def withheld_from(actor: Actor, *, as_file: bool) -> int:
    """How many requests are in no figure of `equity_for_office`."""
    counted = sa.and_(visible_to(actor), OPEN) if as_file else visible_to(actor)
    of_sessions = (R.kind == Kind.PARTICIPATION, R.session_id.is_not(None), R.submitted_at.is_not(None))
    return db.session.scalar(sa.select(sa.func.count()).select_from(R).where(*of_sessions, sa.not_(counted))) or 0


def equity_for_public() -> Equity:
    """What the public reports of the sessions that are over publish, added up. Seven statements at most."""
    over = [(session, board) for session, board in _with_sessions(boards_of(Actor.system, OPEN)) if is_over(session)]
    fields = published_fields({one for _session, board in over for one in board.request_ids})
    named = {session.id: agreed(board, fields, "summary") for session, board in over}
    return published_equity(over, named, _earlier(), _known({session.id for session, _board in over}))


def _known(session_ids: Collection[int]) -> dict[int, list[Known]]:
    """What donors know of the seats of sessions, by session."""
    donor = aliased(Organisation)
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *(R.session_id, Seat.id, Organisation.state_iso3, Seat.status, Seat.cause, Seat.given_back),
            *(donor.name, donor.state_iso3),
        )
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Allocation, sa.and_(Allocation.seat_id == Seat.id, Allocation.approved_at.is_not(None)))
        .outerjoin(Pledge, Pledge.id == Allocation.pledge_id)
        .outerjoin(donor, donor.id == Pledge.organisation_id)
        .where(R.session_id.in_(session_ids), R.submitted_at.is_not(None), OPEN)
    )
    seats: dict[int, dict[int, Counted]] = defaultdict(dict)
    paying: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for session_id, seat_id, iso3, *stands, name, donor_iso3 in db.session.execute(statement) if session_ids else ():
        seats[session_id][seat_id] = Counted(seat_id, iso3 or "", *stands)
        if name is not None:
            paying[session_id].append((seat_id, donor_name(name, donor_iso3)))
    return {
        session_id: [known_of(one, list(seats[session_id].values())) for one in readers(payers)]
        for session_id, payers in paying.items()
    }


def _with_sessions(boards: Mapping[int, Board]) -> list[tuple[Session, Board]]:
    """Boards with their sessions, the latest first."""
    latest = (Session.starts_on.desc().nulls_first(), Session.id.desc())
    rows = db.session.scalars(sa.select(Session).where(Session.id.in_(boards)).order_by(*latest)) if boards else ()
    return [(session, boards[session.id]) for session in rows]


def _earlier() -> list[EarlierFact]:
    lists = {one.name: one for one in country_lists.columns_on(sa.type_coerce(EarlierSeats.ended_on, sa.Date))}
    e = EarlierSeats
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *(e.session, e.ended_on, e.state_iso3, State.regional_group),
            *(lists["ldc"], lists["lldc"], lists["sids"], e.seats),
        )
        .join(State, State.iso3 == e.state_iso3)
        .order_by(e.id)
    )
    return [EarlierFact(*tuple(row)) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class PaidSession:
    """A session of which a donor's money pays something: for how many seats that were not given back, and what is held
    and paid, in cents of the dollar."""

    session: Session
    seats: int
    held_minor: int
    paid_minor: int


def sessions_paid_by(actor: Actor) -> Sequence[PaidSession]:
    """The sessions of which the money of the actor's organisation pays something, the latest first. What is strictly
    confidential is in none of them."""
    held, paid = aliased(LedgerAccount), aliased(LedgerAccount)
    sums = (sa.func.coalesce(sa.func.sum(one.balance_minor), 0) for one in (held, paid))
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(Session, sa.func.count(sa.distinct(Seat.id)), *sums)
        .join(R, R.session_id == Session.id)
        .join(Allocation, Allocation.request_id == R.id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .outerjoin(Seat, sa.and_(Seat.id == Allocation.seat_id, ~Seat.given_back))
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .outerjoin(paid, sa.and_(paid.allocation_id == Allocation.id, paid.kind == AccountKind.PAID))
        .where(
            *(R.kind == Kind.PARTICIPATION, R.marking != Marking.STRICTLY_CONFIDENTIAL),
            *(Allocation.approved_at.is_not(None), Pledge.organisation_id.in_(ids_of(actor.organisation_id))),
        )
        .group_by(Session.id)
        .order_by(Session.starts_on.desc().nulls_first(), Session.id.desc())
    )
    rows = db.session.execute(statement) if actor.is_donor else ()
    return [PaidSession(session, seats, int(held), int(paid)) for session, seats, held, paid in rows]
