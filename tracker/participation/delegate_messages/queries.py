"""Reading what a delegate and the office wrote each other, limited to journeys that the actor may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.delegate_messages.lifecycle import HOUR, MOST_PER_HOUR, WRITTEN_TO
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.delegate_messages.policies import MessagesFacts
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.delegate_page.queries import link_of_seat
from tracker.participation.models import Delegate
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import ERASED_AFTER, By
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor

M, R = DelegateMessage, AssistanceRequest


@dataclass(frozen=True, slots=True)
class Written:
    """One message: `officer` is the name of whoever wrote it for the office; the text is None once it is erased."""

    id: int
    public_id: uuid.UUID
    by: By
    officer: str | None
    at: datetime
    text: str | None
    needs_no_answer: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """What was written about the journey of whoever sits in a seat, the oldest first."""

    journey: Travelling
    session: Session
    link: DelegateLink | None
    rows: tuple[Written, ...]

    @property
    def waiting(self) -> list[Written]:
        """What waits for an answer of the office."""
        return [row for row in self.rows if row.waits]

    @property
    def newest_id(self) -> uuid.UUID | None:
        """The newest message, for a form to say what its writer saw."""
        return self.rows[-1].public_id if self.rows else None

    def up_to(self, seen: uuid.UUID | None) -> int | None:
        """The newest message that waits among those that were there when `seen` was the newest; None where none is."""
        last = next((row.id for row in self.rows if row.public_id == seen), 0)
        return max((row.id for row in self.waiting if row.id <= last), default=None)


def get(public_id: uuid.UUID, actor: Actor) -> Thread:
    """What was written about a journey. NotFound where the actor may not read of it."""
    journey, session = travel.get(public_id, actor)
    if not journey.described:
        raise NotFound
    return Thread(journey, session, link_of_seat(journey.seat.id), _rows(journey.seat))


def get_own(public_id: uuid.UUID, delegate_id: int | None) -> Thread:
    """The same for the page of a delegate. NotFound where somebody else sits in the seat."""
    found = get(public_id, Actor.system)
    if found.journey.seat.delegate_id != delegate_id:
        raise NotFound
    return found


def facts_of(found: Thread, by: HandedBy | None = None) -> MessagesFacts:
    """What the rules ask; `by` is whoever writes on a page of their own."""
    seat = found.journey.seat
    return MessagesFacts(
        seat=found.journey.status,
        over=seat.status == SeatStatus.SETTLED and (seat.ended_at is None or seat.ended_at <= now() - ERASED_AFTER),
        strict=found.journey.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        own_page=by is not None and by.who is not By.OFFICER and by.delegate_id == seat.delegate_id,
        linked=found.link is not None,
        waits=bool(found.waiting),
    )


def is_spent(by: HandedBy) -> bool:
    """Whether as many messages came within an hour from whoever writes as may."""
    mine = M.delegate_id == by.delegate_id, M.by_whom == by.who.value, M.written_at > now() - HOUR
    return (db.session.scalar(sa.select(sa.func.count()).select_from(M).where(*mine)) or 0) >= MOST_PER_HOUR


def unanswered() -> sa.ColumnElement[bool]:
    """The message came from a delegate or helper, and no officer has answered it."""
    answer = aliased(M)
    answered = sa.exists().where(answer.delegate_id == M.delegate_id, answer.answers_id >= M.id)
    return sa.and_(M.by_whom != By.OFFICER, ~answered.correlate(M))


def waits() -> sa.ColumnElement[bool]:
    """The same, of somebody who still sits in the seat and can be written to; to be joined with the seat."""
    over = sa.and_(Seat.status == SeatStatus.SETTLED, Seat.ended_at <= now() - ERASED_AFTER)
    return sa.and_(unanswered(), Seat.delegate_id == M.delegate_id, Seat.status.in_(WRITTEN_TO), ~over)


def waiting_since(seat_ids: Sequence[int]) -> dict[int, datetime]:
    """Since when the people of these seats wait for an answer, for those who do."""
    if not seat_ids:
        return {}
    since = sa.select(M.seat_id, sa.func.min(M.written_at)).join(Seat, Seat.id == M.seat_id)
    rows = db.session.execute(since.where(M.seat_id.in_(seat_ids), waits()).group_by(M.seat_id))
    return dict(rows.all())


def waiting_for(actor: Actor) -> list[Any]:
    """Who waits for an answer of the actor, whoever has waited longest first: seat, person, State, session, since when,
    and how many messages."""
    since, number = sa.func.min(M.written_at).label("since"), sa.func.count().label("number")
    rows = (
        sa.select(Seat.public_id, Delegate.name, Organisation.state_iso3, Session.code, since, number)
        .join(Seat, Seat.id == M.seat_id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(Session, Session.id == R.session_id)
        .where(waits(), travel.looked_after_by(actor))
        .group_by(Seat.public_id, Delegate.name, Organisation.state_iso3, Session.code)
        .order_by(since)
    )
    return list(db.session.execute(rows))


def _rows(seat: Seat) -> tuple[Written, ...]:
    rows = db.session.execute(
        sa.select(M, Person.name, unanswered().label("waits"))
        .outerjoin(Person, Person.id == M.written_by_id)
        .where(M.seat_id == seat.id, M.delegate_id == seat.delegate_id)
        .order_by(M.id)
    )
    return tuple(
        Written(one.id, one.public_id, By(one.by_whom), name, one.written_at, one.body, one.needs_no_answer, open_)
        for one, name, open_ in rows
    )
