"""Reading what was handed in, by its name and never its values, limited to requests that the actor may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.assistance.lifecycle import Marking
from tracker.database.seen import version_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import By, Paper, passport_serves_until
from tracker.participation.papers.models import DelegatePapers, PaperHandedIn, PaperOpening
from tracker.participation.papers.policies import PapersFacts
from tracker.participation.seats.models import Seat
from tracker.participation.support.lifecycle import PASSPORT_MONTHS
from tracker.participation.support.queries import support_of
from tracker.participation.travel import queries as travel
from tracker.participation.travel.models import SeatTravel
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class PapersOf:
    """The papers of whoever sits in a seat, with the journey for which they are asked."""

    journey: Travelling
    session: Session
    papers: DelegatePapers | None

    @property
    def handed_in(self) -> dict[Paper, Any]:
        """What is there, with the day on which it was handed in."""
        return self.papers.handed_in if self.papers else {}

    @property
    def missing(self) -> tuple[Paper, ...]:
        """What is asked and not there, or is to be decided; nothing once it is erased."""
        one = self.journey
        return () if self.is_erased else travel.missing_papers(one.visa_days, one.money, self.papers, one.record)

    @property
    def asked(self) -> frozenset[Paper]:
        """What must be handed in."""
        return travel.asked_papers(self.journey.visa_days, self.journey.money, self.journey.record)

    @property
    def is_erased(self) -> bool:
        """All was erased."""
        return self.papers is not None and self.papers.erased_on is not None

    @property
    def version(self) -> int:
        """What a form carries of whose papers were seen, and how often those had changed: another person in the seat
        has other versions."""
        return version_of(self.journey.person.id, self.papers.version if self.papers else 0)


def get(public_id: uuid.UUID, actor: Actor) -> PapersOf:
    """The papers of whoever sits in a seat. NotFound where the actor may not read of the journey."""
    journey, session = travel.get(public_id, actor)
    if not journey.described:
        raise NotFound
    return PapersOf(journey, session, journey.papers)


def get_own(public_id: uuid.UUID, delegate_id: int) -> PapersOf:
    """The same for the page of a delegate. NotFound where somebody else sits in the seat."""
    found = get(public_id, Actor.system)
    if found.journey.seat.delegate_id != delegate_id:
        raise NotFound
    return found


def get_for(public_id: uuid.UUID, actor: Actor, by: HandedBy) -> PapersOf:
    """The papers for whoever hands something in."""
    if by.who is By.OFFICER:
        return get(public_id, actor)
    return get_own(public_id, by.delegate_id or 0)


def passport_valid_until(found: PapersOf) -> date | None:
    """The day until which the passport must be valid, by what the session asks; None while nobody can say it."""
    support, person = support_of(found.session.id), found.journey.person
    months = support.terms.passport_months if support else PASSPORT_MONTHS
    return passport_serves_until(person.leaves_on or found.session.ends_on, months)


def facts_of(found: PapersOf, by: HandedBy | None = None, paper: Paper | None = None) -> PapersFacts:
    """What the rules ask."""
    journey, papers = found.journey, found.papers
    return PapersFacts(
        seat=journey.status,
        strict=journey.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        by=by.who if by else None,
        paper=paper,
        asked=found.asked,
        own_page=by is not None and by.delegate_id == journey.seat.delegate_id,
        handed_in=bool(found.handed_in),
        doubted=bool(papers and papers.to_decide),
        erased=found.is_erased,
    )


@dataclass(frozen=True, slots=True)
class Handed:
    """One handing in, with the name of the officer who entered it."""

    paper: str
    at: datetime
    by: str
    source: str | None
    received_on: Any
    officer: str | None


def latest_of(delegate_id: int) -> dict[str, Handed]:
    """The last handing in of each paper; one statement."""
    last = sa.select(sa.func.max(PaperHandedIn.id)).where(PaperHandedIn.delegate_id == delegate_id)
    rows = db.session.execute(
        sa.select(PaperHandedIn, Person.name)
        .outerjoin(Person, Person.id == PaperHandedIn.entered_by_id)
        .where(PaperHandedIn.id.in_(last.group_by(PaperHandedIn.paper)))
    )
    return {
        one.paper: Handed(one.paper, one.at, one.by_whom, one.source, one.received_on, officer) for one, officer in rows
    }


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened papers: who, when, which and why."""

    who: str
    at: datetime
    papers: Sequence[str]
    reason: str


def openings_of(delegate_id: int) -> list[Opening]:
    """Who opened the papers of a delegate, the latest first: for the travel desk and the delegate's own page."""
    rows = db.session.execute(
        sa.select(PaperOpening, Person.name)
        .join(Person, Person.id == PaperOpening.opened_by_id)
        .where(PaperOpening.delegate_id == delegate_id)
        .order_by(PaperOpening.id.desc())
    )
    return [Opening(who, one.opened_at, one.papers, one.reason) for one, who in rows]


@dataclass(frozen=True, slots=True)
class Proved:
    """Of whom something is kept that proves payments, and until when."""

    delegate_id: int
    public_id: uuid.UUID
    name: str
    until: date | None


def all_proved_in(seat: Seat) -> list[Proved]:
    """Of whom something is kept that proves payments, of all who sit or sat in a seat."""
    sat = sa.select(SeatTravel.delegate_id).where(SeatTravel.seat_id == seat.id)
    here = sa.or_(Delegate.id == seat.delegate_id, Delegate.id.in_(sat))
    rows = db.session.execute(
        sa.select(Delegate.id, Delegate.public_id, Delegate.name, DelegatePapers.evidence_until)
        .join(DelegatePapers, DelegatePapers.delegate_id == Delegate.id)
        .where(here, DelegatePapers.evidence_until.is_not(None))
        .order_by(Delegate.id)
    )
    return [Proved(*row) for row in rows]


def proved_in(seat: Seat, delegate: uuid.UUID) -> Proved:
    """The same of one person. Raises NotFound where nothing of them is kept."""
    found = next((one for one in all_proved_in(seat) if one.public_id == delegate), None)
    if found is None:
        raise NotFound
    return found
