"""Reading claims: the delegate's own, and for the office what was sent, limited to journeys that the actor may see."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.models import File
from tracker.participation.claims.lifecycle import ClaimPaperKind, ClaimStatus, is_over, totals
from tracker.participation.claims.models import ClaimOpening, ClaimPaper, DelegateClaim
from tracker.participation.claims.policies import ClaimFacts
from tracker.participation.models import Delegate
from tracker.participation.papers.contents import HandedBy
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel.by_day import from_plain
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor

C = DelegateClaim
_SENT = C.status != ClaimStatus.DRAFT


@dataclass(frozen=True, slots=True)
class Paper:
    """A boarding pass or receipt with its file."""

    row: ClaimPaper
    file: File

    @property
    def is_receipt(self) -> bool:
        return self.row.kind == ClaimPaperKind.RECEIPT


@dataclass(frozen=True, slots=True)
class Claim:
    """One version of a claim with its papers."""

    row: DelegateClaim
    papers: tuple[Paper, ...]

    @property
    def receipts(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if paper.is_receipt)

    @property
    def boarding(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if not paper.is_receipt)

    @property
    def totals(self) -> dict[str, int]:
        """What is claimed by line, in cents of the dollar."""
        return totals(paper.row for paper in self.receipts)

    @property
    def unknown(self) -> bool:
        """Whether a receipt is in a currency of which no rate is known."""
        return any(paper.row.dollars_minor is None for paper in self.receipts)

    @property
    def provided(self) -> dict[date, frozenset[str]]:
        """What others provided, by day."""
        return from_plain(self.row.provided)

    def numbers(self, line: str) -> str:
        """The numbers of the receipts of a line; of one that has none its place in the claim."""
        found = (
            one.row.receipt_number or f"{self.row.number}/{one.row.number}"
            for one in self.receipts
            if one.row.line == line
        )
        return ", ".join(dict.fromkeys(found))[:120]


@dataclass(frozen=True, slots=True)
class ClaimOf:
    """The claim of whoever sits in a seat: the version that they prepare, the last that was sent, and the journey."""

    journey: Travelling
    session: Session
    draft: Claim | None
    sent: Claim | None

    @property
    def last_day(self) -> date | None:
        """The last day at the place, as it was nominated."""
        return self.journey.person.leaves_on or self.session.ends_on

    @property
    def is_over(self) -> bool:
        """Whether a claim can be made."""
        return is_over(self.journey.status, self.last_day, today())

    @property
    def version(self) -> int:
        """The version of what is prepared; nothing is at 0."""
        return self.draft.row.version if self.draft else 0


def get(public_id: uuid.UUID, actor: Actor) -> ClaimOf:
    """The claim of whoever sits in a seat. NotFound where the actor may not read of the journey."""
    journey, session = travel.get(public_id, actor)
    if not journey.described:
        raise NotFound
    versions = _versions(C.seat_id == journey.seat.id, C.delegate_id == journey.seat.delegate_id)
    drafts = [one for one in versions if one.row.status == ClaimStatus.DRAFT]
    sent = [one for one in versions if one.row.status != ClaimStatus.DRAFT]
    return ClaimOf(journey, session, drafts[-1] if drafts else None, sent[-1] if sent else None)


def get_own(public_id: uuid.UUID, by: HandedBy) -> ClaimOf:
    """The same for the page of a delegate. NotFound where somebody else sits in the seat."""
    found = get(public_id, Actor.system)
    if found.journey.seat.delegate_id != by.delegate_id:
        raise NotFound
    return found


def sent_of(seat_id: int, delegate_id: int) -> Claim | None:
    """The last version that somebody sent for a seat, for rooms that asked already who reads it."""
    found = _versions(C.seat_id == seat_id, C.delegate_id == delegate_id, _SENT)
    return found[-1] if found else None


def paper_of(claim: Claim | None, paper_id: uuid.UUID) -> Paper:
    """A paper of a version by its public id. Raises NotFound."""
    for paper in claim.papers if claim else ():
        if paper.row.public_id == paper_id and paper.file.erased_at is None:
            return paper
    raise NotFound


def facts_of(found: ClaimOf, by: HandedBy | None = None, paper: str | None = None) -> ClaimFacts:
    """What the rules ask."""
    journey = found.journey
    return ClaimFacts(
        seat=journey.status,
        strict=journey.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        over=found.is_over,
        by=by.who if by else None,
        own_page=by is not None and by.delegate_id == journey.seat.delegate_id,
        drafted=found.draft is not None,
        sent=ClaimStatus(found.sent.row.status) if found.sent else None,
        paper=ClaimPaperKind(paper) if paper else None,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim at which nobody has looked: whose, and since when."""

    seat_id: uuid.UUID
    name: str
    sent_at: datetime

    @property
    def days(self) -> int:
        """Since how many days it waits."""
        return (today() - self.sent_at.date()).days


def waiting(session_id: int, actor: Actor) -> list[Waiting]:
    """The claims of a session at which nobody has looked, the oldest first; of requests whose journeys the actor may
    read."""
    rows = db.session.execute(
        sa.select(Seat.public_id, Delegate.name, C.sent_at)
        .join(C, sa.and_(C.seat_id == Seat.id, C.delegate_id == Seat.delegate_id))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(AssistanceRequest, AssistanceRequest.id == Seat.request_id)
        .where(AssistanceRequest.session_id == session_id, C.status == ClaimStatus.SENT, visible_to(actor))
        .order_by(C.sent_at)
    )
    return [Waiting(seat_id, name, sent_at) for seat_id, name, sent_at in rows if sent_at]


@dataclass(frozen=True, slots=True)
class Opened:
    """That somebody opened a paper of a claim."""

    who: str
    at: datetime
    what: str


def openings_of(delegate_id: int) -> list[Opened]:
    """Who opened boarding passes and receipts of somebody, the latest first."""
    rows = db.session.execute(
        sa.select(Person.name, ClaimOpening.opened_at, File.name)
        .join(Person, Person.id == ClaimOpening.opened_by_id)
        .join(ClaimPaper, ClaimPaper.id == ClaimOpening.paper_id)
        .join(C, C.id == ClaimPaper.claim_id)
        .join(File, File.id == ClaimPaper.file_id)
        .where(C.delegate_id == delegate_id)
        .order_by(ClaimOpening.id.desc())
    )
    return [Opened(*row) for row in rows]


def _versions(*where: Any) -> list[Claim]:
    """Versions in their order, with their papers; two statements."""
    claims = sa.select(C).where(*where).order_by(C.number).execution_options(populate_existing=True)
    found = list(db.session.scalars(claims))
    papers = _papers([row.id for row in found])
    return [Claim(row, papers.get(row.id, ())) for row in found]


def _papers(claim_ids: list[int]) -> Mapping[int, tuple[Paper, ...]]:
    if not claim_ids:
        return {}
    rows = db.session.execute(
        sa.select(ClaimPaper, File)
        .join(File, File.id == ClaimPaper.file_id)
        .where(ClaimPaper.claim_id.in_(claim_ids))
        .order_by(ClaimPaper.number)
    )
    found: dict[int, tuple[Paper, ...]] = {}
    for row, file in rows:
        found[row.claim_id] = (*found.get(row.claim_id, ()), Paper(row, file))
    return found
