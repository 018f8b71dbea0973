"""Reading what was given out, by the names of fields and never their values."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.assistance.lifecycle import Marking
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.disclosing.lifecycle import Recipient
from tracker.participation.disclosing.models import DisclosedPerson, Disclosure
from tracker.participation.disclosing.policies import DisclosingFacts
from tracker.participation.models import Delegate
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.travel import queries as travel
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor


def people(session: Session, actor: Actor, delegates: Collection[uuid.UUID] | None = None) -> list[Travelling]:
    """Whoever travels to a session and handed something in, of these or of all; in the order of the desk."""
    chosen = [Delegate.public_id.in_(list(delegates))] if delegates is not None else []
    found = travel.of_session(session, actor, DelegatePapers.delegate_id.is_not(None), *chosen)
    return [one for one in found if one.described]


def facts_of(one: Travelling, recipient: Recipient | None) -> DisclosingFacts:
    """What the rules ask."""
    papers = one.papers
    return DisclosingFacts(
        recipient=recipient,
        strict=one.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        handed_in=papers is not None and bool(papers.handed_in),
        erased=papers is not None and papers.erased_on is not None,
    )


def must_be_own(public_id: uuid.UUID, actor: Actor) -> None:
    """Raise NotFound unless the actor wrote this disclosure down."""
    own = Disclosure.public_id == public_id, Disclosure.made_by_id == actor.person_id
    if db.session.scalar(sa.select(Disclosure.id).where(*own)) is None:
        raise NotFound


@dataclass(frozen=True, slots=True)
class GivenOut:
    """That data of somebody were given out: to whom, when, by whom, why, which; `taken` says that it happened."""

    recipient: str
    recipient_name: str
    at: datetime
    who: str
    reason: str
    fields: Sequence[str]
    papers: Sequence[str]
    taken: bool


def given_out_of(delegate_id: int) -> list[GivenOut]:
    """To whom the data of a delegate were given out, the latest first: for the travel desk and the delegate's page."""
    rows = db.session.execute(
        sa.select(Disclosure, DisclosedPerson.papers, Person.name)
        .join(DisclosedPerson, DisclosedPerson.disclosure_id == Disclosure.id)
        .join(Person, Person.id == Disclosure.made_by_id)
        .where(DisclosedPerson.delegate_id == delegate_id)
        .order_by(Disclosure.id.desc())
    )
    return [
        GivenOut(
            *(one.recipient, one.recipient_name, one.made_at, who, one.reason, _of(papers, one.fields), papers),
            taken=one.taken_at is not None,
        )
        for one, papers, who in rows
    ]


def _of(papers: Collection[str], fields: Collection[str]) -> list[str]:
    """The fields of these papers: what was asked of the others was not there."""
    return [field for field in fields if field.partition(".")[0] in papers]
