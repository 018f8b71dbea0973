"""Reads of rounds, and of everything that a round rests on: who is eligible, who sits already, what went before."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest, Decision
from tracker.assistance.queries import recused, visible_to
from tracker.calendar.now import today
from tracker.calendar.working_days import end_of
from tracker.errors import Forbidden, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.reference import country_lists
from tracker.reference.models import Session, State
from tracker.rights.actor import Actor
from tracker.rounds import free_seats
from tracker.rounds.earlier.models import EarlierSeats
from tracker.rounds.lifecycle import ELIGIBLE, UNDER_WAY, RoundStatus
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.waiting_work import approvable_by

R = AssistanceRequest
free_and_waiting = free_seats.free_and_waiting
"""Here too, for pages of other rooms."""


def get_round(public_id: uuid.UUID, actor: Actor) -> Round:
    """A round; NotFound when there is none. Raises Forbidden for who declared a conflict of interest in a request of
    its session: a round compares them all."""
    found = db.session.scalar(sa.select(Round).where(Round.public_id == public_id))
    if found is None:
        raise NotFound
    refuse_recused(found.session_id, actor)
    return found


def refuse_recused(session_id: int, actor: Actor) -> None:
    """Raise Forbidden when the actor declared a conflict of interest in a request for the session."""
    if db.session.scalar(sa.select(sa.exists().where(R.session_id == session_id, recused(actor)))):
        raise Forbidden(
            lazy("You declared a conflict of interest in a request for this session: others hold its rounds.")
        )


def rounds_of(session_id: int) -> Sequence[Any]:
    """The rounds of a session, the latest first, with how many seats each gives and who prepared and approved it."""
    preparer, approver = aliased(Person), aliased(Person)
    seats = sa.select(sa.func.count()).where(RoundSeat.round_id == Round.id).correlate(Round).scalar_subquery()
    return db.session.execute(
        sa.select(Round, seats.label("seats"), preparer.name.label("prepared_by"), approver.name.label("approved_by"))
        .outerjoin(preparer, preparer.id == Round.prepared_by_id)
        .outerjoin(approver, approver.id == Round.approved_by_id)
        .where(Round.session_id == session_id)
        .order_by(Round.number.desc())
    ).all()


def sessions_with_rounds(set_up: Any, actor: Actor) -> Sequence[Any]:
    """The sessions whose support is set up (`set_up` is the column of their ids), the latest first, each with how many
    rounds it had and the one that is under way; and what of it the figure of the menu counts: whether the actor may
    approve that round, and how many seats are free while people wait (`has_free`: both are so)."""
    number = sa.select(sa.func.count()).where(Round.session_id == Session.id).correlate(Session).scalar_subquery()
    current = sa.and_(Round.session_id == Session.id, Round.status.in_(UNDER_WAY))
    return db.session.execute(
        sa.select(
            Session,
            number.label("rounds"),
            Round,
            approvable_by(actor.person_id).label("to_approve"),
            free_seats.has_one(today()).label("has_free"),
            free_seats.FREE.label("free"),
            free_seats.WAITING.label("waiting"),
        )
        .outerjoin(Round, current)
        .where(Session.id.in_(sa.select(set_up)))
        .order_by(Session.starts_on.desc().nulls_last(), Session.code)
    ).all()


def seats_in(round_id: int) -> Sequence[RoundSeat]:
    """The seats of a round in the order in which they were given."""
    return db.session.scalars(sa.select(RoundSeat).where(RoundSeat.round_id == round_id).order_by(RoundSeat.id)).all()


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that is eligible: whose it is, when it was submitted and whether in time,
    by which lists, what its State had before."""

    id: int
    public_id: uuid.UUID
    reference: str
    iso3: str
    came_at: datetime | None
    came_in_time: bool
    lists: frozenset[str]
    funded_before: int
    owes_accounts: bool


def asking(session: Session) -> list[Asking]:
    """The requests that a round of a session is about, by id, in two statements. What was accepted with an amount
    before there were rounds is not among them: it keeps its amount."""
    day = session.closing_on or today()
    late = R.submitted_at > end_of(session.closing_on) if session.closing_on else sa.false()
    rows = db.session.execute(
        sa.select(
            *(R.id, R.public_id, R.reference, R.submitted_at, State.iso3, late.label("late")),
            *country_lists.columns_on(day),
        )
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Decision, Decision.id == R.decision_id)
        .where(
            R.session_id == session.id,
            R.kind == Kind.PARTICIPATION,
            R.status.in_(ELIGIBLE),
            sa.func.coalesce(Decision.before_rounds, False).is_(False),
        )
        .order_by(R.id)
    ).all()
    before = _earlier(session, {row.iso3 for row in rows})
    return [
        Asking(
            id=row.id,
            public_id=row.public_id,
            reference=row.reference or "",
            iso3=row.iso3,
            came_at=row.submitted_at,
            came_in_time=not row.late,
            lists=country_lists.lists_in(row),
            funded_before=before[row.iso3][0],
            owes_accounts=before[row.iso3][1] > 0,
        )
        for row in rows
    ]


def _earlier(session: Session, states: Collection[str]) -> dict[str, tuple[int, int]]:
    """(seats used at sessions that are over, how many of them are not settled) by State. A seat that was given back was
    used by nobody, nor was one that was only selected, nor any of a session that was cancelled."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    if not states or session.starts_on is None:
        return found
    earlier = aliased(Session)
    rows = db.session.execute(
        sa.select(
            Organisation.state_iso3,
            sa.func.count().label("seats"),
            sa.func.sum(sa.case((Seat.status != SeatStatus.SETTLED, 1), else_=0)).label("unsettled"),
        )
        .join(R, R.id == Seat.request_id)
        .join(earlier, earlier.id == R.session_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(
            Organisation.state_iso3.in_(states),
            earlier.starts_on < session.starts_on,
            sa.func.coalesce(earlier.ends_on, earlier.starts_on) < today(),
            earlier.status != "cancelled",
            ~Seat.given_back,
            Seat.status != SeatStatus.SELECTED,
        )
        .group_by(Organisation.state_iso3)
    )
    for row in (*rows, *_imported(session, states)):
        seats, unsettled = found[row.state_iso3]
        found[row.state_iso3] = seats + row.seats, unsettled + int(row.unsettled)
    return found


def _imported(session: Session, states: Collection[str]) -> Sequence[Any]:
    """The same of sessions whose seats came from a file."""
    e = EarlierSeats
    return db.session.execute(
        sa.select(
            e.state_iso3,
            sa.func.sum(e.seats).label("seats"),
            sa.func.sum(sa.case((e.settled, 0), else_=e.seats)).label("unsettled"),
        )
        .where(e.state_iso3.in_(states), e.ended_on < session.starts_on)
        .group_by(e.state_iso3)
    ).all()


def seated(session_id: int) -> dict[int, list[int]]:
    """Who sits at a session already, by request: the ids of delegates."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(Seat.request_id, Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .where(R.session_id == session_id, ~Seat.given_back)
        .order_by(Seat.id)
    )
    for row in rows:
        found[row.request_id].append(row.delegate_id)
    return found


def people_of(request_ids: Collection[int], seated_ids: Collection[int]) -> dict[int, list[Delegate]]:
    """Those who sit or can be given a seat, by request, each State's in its own order: nominees, then alternates."""
    found: dict[int, list[Delegate]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(Delegate)
        .where(
            Delegate.request_id.in_(request_ids),
            Delegate.removed_at.is_(None),
            sa.or_(Delegate.status.in_(AWAITS_A_SEAT), Delegate.id.in_(seated_ids)),
        )
        .order_by(Delegate.request_id, Delegate.alternate, Delegate.position, Delegate.id)
    )
    for row in rows:
        found[row.request_id].append(row)
    return found


def names_of(model: Any, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people or delegates by id."""
    rows = db.session.execute(sa.select(model.id, model.name).where(model.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


def requests_by_id(ids: Collection[int]) -> dict[int, Any]:
    """Public id, reference and State of requests."""
    rows = db.session.execute(
        sa.select(R.id, R.public_id, R.reference, Organisation.state_iso3.label("iso3"))
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(R.id.in_(ids))
    )
    return {row.id: row for row in rows}


def openable(ids: Iterable[int], actor: Actor) -> set[int]:
    """Which of these requests the actor may open."""
    return set(db.session.scalars(sa.select(R.id).where(R.id.in_(list(ids)), visible_to(actor))))


def delegate_row(public_id: uuid.UUID) -> Delegate:
    """Somebody who was nominated; NotFound when there is none."""
    found = db.session.scalar(sa.select(Delegate).where(Delegate.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def approved_rounds(session_id: int) -> Sequence[Any]:
    """The approved rounds of a session in their order, with what each request got."""
    return db.session.execute(
        sa.select(Round.id, Round.number, Round.approved_at, Round.outcome)
        .where(Round.session_id == session_id, Round.status == RoundStatus.APPROVED)
        .order_by(Round.number)
    ).all()


def latest_approved(session_id: int) -> Round | None:
    """The round of a session that was approved last; None before the first."""
    approved = sa.select(Round).where(Round.session_id == session_id, Round.status == RoundStatus.APPROVED)
    return db.session.scalar(approved.order_by(Round.number.desc()).limit(1))


def given_by_round(session_id: int, actor: Actor) -> list[tuple[int, int]]:
    """(number of the round, how many seats it gave) of the approved rounds of a session, in their order, as far as the
    actor may see the requests."""
    rows = db.session.execute(
        sa.select(Round.number, sa.func.count())
        .join(RoundSeat, RoundSeat.round_id == Round.id)
        .join(AssistanceRequest, AssistanceRequest.id == RoundSeat.request_id)
        .where(Round.session_id == session_id, Round.status == RoundStatus.APPROVED, visible_to(actor))
        .group_by(Round.number)
        .order_by(Round.number)
    )
    return [(row[0], row[1]) for row in rows]


def is_prepared(session_id: int) -> bool:
    """Whether a round of a session is prepared or approved: late nominations are taken until then."""
    signed = Round.status.in_((RoundStatus.PREPARED, RoundStatus.APPROVED))
    return bool(db.session.scalar(sa.select(sa.exists().where(Round.session_id == session_id, signed))))


FIRST_APPROVED = (
    sa.select(sa.func.min(Round.approved_at)).where(Round.session_id == Session.id).correlate(Session).scalar_subquery()
)
"""When a session's first round was approved."""
