"""What every handing in does: hold the request, ask the rule, seal, write down who handed it in, record the event."""

import uuid
from typing import Any

from tracker import events
from tracker.calendar.now import today
from tracker.database.transactions import update_where
from tracker.errors import Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers import queries
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import By, Paper, PaysBy
from tracker.participation.papers.models import DelegatePapers, PaperHandedIn
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.queries import PapersOf
from tracker.participation.travel.services.anew import begin_anew
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.sealing.services import Holder, Place, mark, seal

COLUMNS = {Paper.PASSPORT: "passport", Paper.VISA: "visa", Paper.ACCESS: "access", Paper.PAYMENT: "bank"}
"""In which sealed column each paper is kept."""


def to_hand_in(
    public_id: uuid.UUID, paper: Paper, *, actor: Actor, version: int | None, by: HandedBy
) -> tuple[PapersOf, dict[str, Any]]:
    """The papers to which one is added, with the request held, and what is wrong with the source of it. Raises Stale
    when something was handed in since `version` was seen (None: it is read in this transaction)."""
    hold_requests({queries.get_for(public_id, actor, by).journey.request.id})
    found = queries.get_for(public_id, actor, by)
    authorize(RULES, PapersAction.HAND_IN, actor, queries.facts_of(found, by, paper))
    must_be_as_seen(found, version)
    return found, _problems_of_source(by)


def keep(found: PapersOf, paper: Paper, value: dict[str, Any] | None, by: HandedBy, actor: Actor, **facts: Any) -> str:
    """Seal what was handed in (None: nothing of it is secret), in place of what was there, with facts in clear; gives
    the seat's public id. What the office recorded of what was there holds no more."""
    facts |= {f"{paper.value}_on": today(), COLUMNS[paper]: _sealed(found, paper, value)}
    write(found, facts)
    officer = by.who is By.OFFICER
    on_arrival = facts.get("pays_by") == PaysBy.ARRIVAL
    begin_anew(found.journey, paper, actor=actor, by_office=officer, on_arrival=on_arrival)
    said = {"entered_by_id": actor.person_id, "source": by.source, "received_on": by.received_on} if officer else {}
    row = PaperHandedIn(delegate_id=found.journey.person.id, paper=paper.value, by_whom=by.who.value, **said)
    db.session.add(row)
    db.session.flush()
    name = "participation.paper_entered" if officer else "participation.paper_handed_in"
    traced = {"handed_in_id": row.id, "source_mark": mark(by.source) if officer else None}
    return recorded(name, found, actor, paper=paper.value, by_whom=by.who.value, **traced)


def write(found: PapersOf, facts: dict[str, Any]) -> None:
    """Write facts of the row. Raises Stale when somebody else wrote meanwhile."""
    person_id = found.journey.person.id
    if found.papers is None:
        db.session.add(DelegatePapers(delegate_id=person_id, **facts))
        db.session.flush()
        return
    same = DelegatePapers.delegate_id == person_id, DelegatePapers.version == found.papers.version
    if not update_where(DelegatePapers, *same, version=DelegatePapers.version + 1, **facts):
        raise stale()


def recorded(name: str, found: PapersOf, actor: Actor, **data: Any) -> str:
    """Record the event about the request, naming the seat and its person; gives the seat's public id."""
    seat = found.journey.seat
    named: dict[str, Any] = {"seat_ids": [seat.id], "delegate_ids": [seat.delegate_id]}
    events.record(name, found.journey.request, actor=actor, **named | data)
    return str(seat.public_id)


def must_be_as_seen(found: PapersOf, version: int | None) -> None:
    """Raise Stale where another person sits in the seat than was seen, or their papers changed; None: they are read in
    this transaction."""
    if version is not None and version != found.version:
        raise stale()


def stale() -> Stale:
    """Somebody was quicker."""
    return Stale(lazy("Somebody changed this while you had the page open."))


def holder_of(delegate_id: int) -> Holder:
    """Whose key it is."""
    return Holder("delegate", delegate_id)


def place_of(column: str, delegate_id: int) -> Place:
    """Where it is sealed."""
    return Place(DelegatePapers.__tablename__, column, delegate_id)


def required(fields: dict[str, Any], problems: dict[str, Any]) -> None:
    """Refuse what is wrong. Raises Invalid by field."""
    if found := {**fields, **problems}:
        raise Invalid(fields=found)


def _sealed(found: PapersOf, paper: Paper, value: dict[str, Any] | None) -> bytes | None:
    if value is None:
        return None
    person_id = found.journey.person.id
    return seal(place_of(COLUMNS[paper], person_id), holder_of(person_id), value)


def _problems_of_source(by: HandedBy) -> dict[str, Any]:
    if by.who is not By.OFFICER:
        return {}
    problems: dict[str, Any] = {}
    if not shown(by.source):
        problems["source"] = lazy("Enter what it was and from whom it came.")
    if by.received_on is None or by.received_on > today():
        problems["received_on"] = lazy("Enter the day on which it came, today at the latest.")
    return problems
