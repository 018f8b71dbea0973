"""The travel desk looks at a claim, has it completed, and opens its papers with a trace."""

import uuid

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.files import services as storing
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.claims import queries
from tracker.participation.claims.lifecycle import ClaimStatus, ClaimStep
from tracker.participation.claims.models import ClaimOpening
from tracker.participation.claims.policies import RULES, ClaimAction
from tracker.participation.claims.queries import Claim
from tracker.participation.claims.services.keeping import recorded, to_do
from tracker.participation.delegate_page.queries import link_of_seat
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def begin(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Begin to look at a claim: the office relies on its papers from now on, and it is not taken back any more. Gives
    the seat's public id."""
    found = to_do(public_id, ClaimAction.BEGIN, actor=actor)
    if found.sent is None:
        raise _nothing()
    take_on(found.sent, ClaimStep.BEGIN, version=version)
    return recorded("participation.claim_begun", found, actor)


@verb
def ask_to_complete(public_id: uuid.UUID, *, actor: Actor, version: int | None, what: str) -> str:
    """Ask the delegate to complete a claim; they are told by a mail that carries the link alone. Gives the seat's
    public id. Raises Conflict where they have no link."""
    found = to_do(public_id, ClaimAction.ASK, actor=actor)
    if not shown(what):
        raise Invalid(fields={"what": lazy("Say what is missing.")})
    link = link_of_seat(found.journey.seat.id)
    if found.sent is None or link is None:
        raise _nothing() if found.sent is None else Conflict(lazy("This person has no link. Send one first."))
    asked = {"asked": what.strip(), "asked_at": now(), "asked_by_id": actor.person_id}
    take_on(found.sent, ClaimStep.ASK, version=version, **asked)
    person, request = found.journey.person, found.journey.request
    about = AssistanceRequest, [request.id]
    record("participation.claim_asked", link, actor=actor, also_about=about, delegate_id=person.id)
    return str(public_id)


@verb
def open_paper(public_id: uuid.UUID, paper_id: uuid.UUID, *, actor: Actor) -> int:
    """Write down that the actor opens a boarding pass or a receipt, which the delegate reads; gives its file's id."""
    found = queries.get(public_id, actor)
    paper = queries.paper_of(found.sent, paper_id)
    authorize(RULES, ClaimAction.OPEN, actor, queries.facts_of(found, paper=paper.row.kind))
    db.session.add(ClaimOpening(paper_id=paper.row.id, opened_by_id=actor.person_id or 0))
    recorded("participation.claim_paper_opened", found, actor)
    return paper.file.id


def take_on(claim: Claim, step: ClaimStep, *, version: int | None, **facts: object) -> None:
    """Move a claim by a step of the office, which relies on its papers from then on."""
    claim.row.step(step, version=version, **facts)
    if claim.row.status != ClaimStatus.DRAFT:
        storing.hand_in([paper.file.id for paper in claim.papers])


def _nothing() -> Conflict:
    return Conflict(lazy("No claim was sent."))
