"""Who misses papers, when they were reminded last and by whom; the record says it, no table of its own does."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from tracker.accounts import links
from tracker.accounts.models import Person
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.delegate_page.lifecycle import LinkKind
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.delegate_page.queries import living
from tracker.participation.models import Delegate
from tracker.participation.papers import queries as papers
from tracker.participation.papers.queries import PapersOf
from tracker.participation.reminding.policies import RemindFacts
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.reference.models import Session
from tracker.rights.actor import Actor

BY_STATE, BY_OFFICE = "participation.papers_reminded", "participation.papers_reminded_by_office"


class Sits(Protocol):
    """A seat with its person and its request, as the travel desk and the page of offers read it."""

    @property
    def seat(self) -> Seat: ...
    @property
    def person(self) -> Delegate: ...
    @property
    def request(self) -> AssistanceRequest: ...


@dataclass(frozen=True, slots=True)
class Reminder:
    """When somebody was reminded last, and by whom."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How whoever sits in a seat can be reached: the link that opens their page, where they have one; whether the last
    letter with it was not delivered; and the last reminder."""

    link: DelegateLink | None = None
    came_back: bool = False
    last: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Remindable:
    """Whoever sits in a seat, with what they handed in, and how they can be reached."""

    papers: PapersOf
    reached: Reached

    @property
    def link(self) -> DelegateLink | None:
        return self.reached.link

    @property
    def last(self) -> Reminder | None:
        return self.reached.last


_came_back: list[Callable[[Collection[int]], Collection[int]]] = []


def learn_came_back(ask: Callable[[Collection[int]], Collection[int]]) -> None:
    """Say of which links the newest letter was not delivered. The room of mail registers it once, in create_app."""
    _came_back[:] = [ask]


def last_reminders(seat_ids: Collection[int]) -> dict[int, Reminder]:
    """The last reminder of each seat, of whoever sits in it now; one statement, none without seats."""
    if not seat_ids:
        return {}
    link = sa.and_(Event.subject_type == DelegateLink.__event_subject__, Event.subject_id == DelegateLink.id)
    rows = db.session.execute(
        sa.select(DelegateLink.seat_id, Event.at, Person.name)
        .join(DelegateLink, link)
        .join(Seat, sa.and_(Seat.id == DelegateLink.seat_id, Seat.delegate_id == DelegateLink.delegate_id))
        .outerjoin(Person, Person.id == Event.actor_person_id)
        .where(Event.name.in_((BY_STATE, BY_OFFICE)), DelegateLink.seat_id.in_(seat_ids))
        .order_by(Event.id)
    )
    return {seat_id: Reminder(at, who or "") for seat_id, at, who in rows}


def last_reminder(seat_id: int) -> Reminder | None:
    """The last reminder of whoever sits in a seat."""
    return last_reminders([seat_id]).get(seat_id)


def get(public_id: uuid.UUID, actor: Actor) -> Remindable:
    """Whoever sits in a seat. NotFound where the actor may not read of the journey."""
    (found,) = _whole([papers.get(public_id, actor)])
    return found


def of_session(session: Session, actor: Actor, chosen: Collection[uuid.UUID] | None = None) -> list[Remindable]:
    """Whoever travels to a session and misses papers, or those of `chosen` seats."""
    which = [Seat.public_id.in_(chosen)] if chosen is not None else []
    rows = [PapersOf(one, session, one.papers) for one in travel.of_session(session, actor, *which) if one.described]
    return [one for one in _whole(rows) if one.papers.missing]


def facts_of(found: Remindable) -> RemindFacts:
    """What the rule asks."""
    journey = found.papers.journey
    return facts_from(journey, found.reached, missing=bool(found.papers.missing))


def facts_from(sits: Sits, reached: Reached, *, missing: bool) -> RemindFacts:
    """The same of a seat with its person and its request, whoever read them."""
    last = reached.last
    return RemindFacts(
        organisation_id=sits.request.organisation_id,
        seat=SeatStatus(sits.seat.status),
        strict=sits.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        missing=missing,
        linked=reached.link is not None,
        addressed=bool(sits.person.email),
        came_back=reached.came_back,
        reminded_today=last is not None and day_of(last.at) == today(),
    )


def reached_in(seat_ids: Collection[int]) -> dict[int, Reached]:
    """How whoever sits in each of these seats can be reached; three statements, none without seats."""
    if not seat_ids:
        return {}
    own = DelegateLink.seat_id.in_(seat_ids), DelegateLink.kind == LinkKind.OWN
    rows = db.session.scalars(sa.select(DelegateLink).where(*own, living()))
    found = {link.seat_id: link for link in rows if links.is_known(link.key_id)}
    bad = {link_id for ask in _came_back for link_id in ask([link.id for link in found.values()])}
    last = last_reminders(seat_ids)
    return {
        seat_id: Reached(link, link is not None and link.id in bad, last.get(seat_id))
        for seat_id, link in ((seat_id, found.get(seat_id)) for seat_id in seat_ids)
    }


def _whole(rows: list[PapersOf]) -> list[Remindable]:
    reached = reached_in([one.journey.seat.id for one in rows])
    return [Remindable(one, reached[one.journey.seat.id]) for one in rows]
