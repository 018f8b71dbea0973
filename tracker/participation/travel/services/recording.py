"""What every act at the travel desk does: hold the request, ask the rule, keep what was said, record the event."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker import events
from tracker.database.transactions import update_where
from tracker.errors import Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.travel import queries
from tracker.participation.travel.models import SeatTravel
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def to_record(
    public_id: uuid.UUID, action: TravelAction, actor: Actor, version: int | None
) -> tuple[Travelling, Session]:
    """The seat whose journey the actor may record, with its request held: whoever else acts on it waits. Raises Stale
    when somebody recorded something since `version` was seen (None: it is read in this transaction)."""
    found, _session = queries.get(public_id, actor)
    hold_requests({found.request.id})
    found, session = queries.get(public_id, actor)
    authorize(RULES, action, actor, queries.facts_of(found))
    if version is not None and version != found.version:
        raise Stale(lazy("Somebody changed this while you had the page open."))
    return found, session


def keep(found: Travelling, **facts: Any) -> None:
    """Write facts of the journey of whoever sits in the seat."""
    record = found.record
    if record is None:
        db.session.add(SeatTravel(seat_id=found.seat.id, delegate_id=found.seat.delegate_id, **facts))
        db.session.flush()
        return
    same = SeatTravel.id == record.id, SeatTravel.version == record.version
    if not update_where(SeatTravel, *same, version=SeatTravel.version + 1, **facts):
        raise Stale(lazy("Somebody changed this while you had the page open."))


def recorded(name: str, found: Travelling, actor: Actor) -> str:
    """Record the event about the request, naming the seat and its person; gives the seat's public id."""
    seat_ids, delegate_ids = [found.seat.id], [found.seat.delegate_id]
    events.record(name, found.request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids)
    return str(found.seat.public_id)


def record_by_request(name: str, found: Iterable[Travelling], actor: Actor) -> None:
    """One event for each request, naming its seats and who sits in them."""
    by_request: dict[int, list[Travelling]] = defaultdict(list)
    for one in found:
        by_request[one.request.id].append(one)
    for seats in by_request.values():
        named: dict[str, Any] = {"seat_ids": [one.seat.id for one in seats]}
        named["delegate_ids"] = [one.seat.delegate_id for one in seats]
        events.record(name, seats[0].request, actor=actor, **named)
