"""Sealed data are given out for a reason: written down first, taken once."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.disclosing import queries
from tracker.participation.disclosing.lifecycle import Field, How, Recipient, not_for, read_fields
from tracker.participation.disclosing.models import DisclosedPerson, Disclosure
from tracker.participation.disclosing.policies import RULES, DisclosingAction
from tracker.participation.models import Delegate
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.travel.queries import Travelling
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.sealing.services import mark

TAKEN_WITHIN = timedelta(minutes=15)
"""How long after it was written down it can be taken, once."""
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """To whom (`lifecycle.Recipient`) and by which name, which fields, why and how (`lifecycle.How`)."""

    recipient: str
    name: str
    fields: tuple[Field, ...]
    reason: str
    how: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What is given out: the fields, and of each person the name with the values of those that were handed in."""

    disclosure: Disclosure
    fields: tuple[Field, ...]
    people: Sequence[tuple[str, dict[Field, Any]]]


@verb(events=None)
def disclose(code: str, delegates: Collection[uuid.UUID], *, actor: Actor, asked: Asked) -> str:
    """Write down that these fields of these people are given out; gives the disclosure's public id, with which it is
    taken (`take`). All or none: raises NotFound where one handed nothing in, sits in no seat any more, or is not the
    actor's to see, Forbidden where the actor may not, Invalid by field. One event for each request."""
    session = reference.get_session(code)
    if problems := _problems(asked, delegates):
        raise Invalid(fields=problems)
    recipient = Recipient(asked.recipient)
    hold_requests({one.request.id for one in queries.people(session, actor, delegates)})
    found = queries.people(session, actor, delegates)
    if len(found) < len(set(delegates)):
        raise NotFound
    for one in found:
        authorize(RULES, DisclosingAction.DISCLOSE, actor, queries.facts_of(one, recipient))
    row = Disclosure(
        session_id=session.id,
        recipient=recipient.value,
        recipient_name=asked.name.strip(),
        reason=asked.reason.strip(),
        how=asked.how,
        fields=[f"{paper.value}.{name}" for paper, name in asked.fields],
        made_by_id=actor.person_id or 0,
    )
    db.session.add(row)
    db.session.flush()
    _write_whose(row, found, asked.fields, actor)
    return str(row.public_id)


def take(public_id: uuid.UUID, *, actor: Actor, how: How) -> Taken:
    """What is given out, to whoever wrote it down, the first time that it is asked. Raises Conflict afterwards."""
    with transaction() as session:
        mine = Disclosure.public_id == public_id, Disclosure.made_by_id == actor.person_id, Disclosure.how == how.value
        fresh = Disclosure.taken_at.is_(None), Disclosure.made_at > now() - TAKEN_WITHIN
        if not update_where(Disclosure, *mine, *fresh, taken_at=now()):
            raise Conflict(
                lazy("This was given out already, or its time is over. Give a reason again to give it out again.")
            )
        row = session.scalars(sa.select(Disclosure).where(*mine)).one()
        fields = read_fields(row.fields)
        people = session.execute(
            sa.select(Delegate.id, Delegate.name, DisclosedPerson.papers)
            .join(DisclosedPerson, DisclosedPerson.delegate_id == Delegate.id)
            .where(DisclosedPerson.disclosure_id == row.id)
            .order_by(Delegate.name, Delegate.id)
        ).all()
        return Taken(row, fields, [(name, _values(one, papers, fields)) for one, name, papers in people])


def _values(delegate_id: int, papers: Sequence[str], fields: tuple[Field, ...]) -> dict[Field, Any]:
    contents = contents_of(delegate_id, [Paper(name) for name in papers])
    return {(paper, name): contents[paper].get(name) for paper, name in fields if paper in contents}


def _write_whose(row: Disclosure, found: Sequence[Travelling], fields: tuple[Field, ...], actor: Actor) -> None:
    wanted = {paper for paper, _name in fields}
    by_request: dict[int, list[Travelling]] = defaultdict(list)
    for one in found:
        there = one.papers.handed_in if one.papers else {}
        papers = [paper.value for paper in Paper if paper in wanted and paper in there]
        db.session.add(DisclosedPerson(disclosure_id=row.id, delegate_id=one.person.id, papers=papers))
        by_request[one.request.id].append(one)
    for seats in by_request.values():
        named: dict[str, Any] = {"seat_ids": [one.seat.id for one in seats]}
        named["delegate_ids"] = [one.person.id for one in seats]
        named |= {"recipient": row.recipient, "disclosure_id": row.id, "said_mark": mark(said_of(row))}
        events.record("participation.papers_disclosed", seats[0].request, actor=actor, **named)


def said_of(row: Disclosure) -> list[str]:
    """What of a disclosure the record marks: to whom, why, how, and which fields."""
    return [row.recipient_name, row.reason, row.how, *row.fields]


def _problems(asked: Asked, delegates: Collection[uuid.UUID]) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if not delegates or len(set(delegates)) > MOST_AT_ONCE:
        problems["people"] = lazy("Choose at least one person, and %(most)d at most.", most=MOST_AT_ONCE)
    if asked.recipient not in list(Recipient):
        problems["recipient"] = lazy("Choose to whom it goes.")
    elif not asked.fields:
        problems["what"] = lazy("Choose what is given out.")
    elif not_for(Recipient(asked.recipient), asked.fields):
        problems["what"] = lazy("This recipient does not get everything that is ticked.")
    if asked.how not in list(How):
        problems["how"] = lazy("Choose how it is given out.")
    if not shown(asked.name):
        problems["to_name"] = lazy("Enter the name of whoever gets it.")
    if not shown(asked.reason):
        problems["reason"] = lazy("Give the reason in a few words.")
    return problems
