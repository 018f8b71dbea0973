"""What every act on a claim does: hold the request, read the claim again, ask the rule, record the event."""

import uuid
from typing import Any

from tracker import events
from tracker.errors import Stale
from tracker.languages.marking import lazy
from tracker.participation.claims import queries
from tracker.participation.claims.policies import RULES, ClaimAction
from tracker.participation.claims.queries import ClaimOf
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers.contents import HandedBy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def to_do(public_id: uuid.UUID, action: ClaimAction, *, actor: Actor, by: HandedBy | None = None) -> ClaimOf:
    """The claim on which this may be done now, with its request held: whoever else acts on it waits."""
    hold_requests({_read(public_id, actor, by).journey.request.id})
    found = _read(public_id, actor, by)
    authorize(RULES, action, actor, queries.facts_of(found, by))
    return found


def _read(public_id: uuid.UUID, actor: Actor, by: HandedBy | None) -> ClaimOf:
    return queries.get(public_id, actor) if by is None else queries.get_own(public_id, by)


def recorded(name: str, found: ClaimOf, actor: Actor) -> str:
    """Record the event about the request, naming the seat and its person; gives the seat's public id."""
    seat = found.journey.seat
    named: dict[str, Any] = {"seat_ids": [seat.id], "delegate_ids": [seat.delegate_id]}
    events.record(name, found.journey.request, actor=actor, **named)
    return str(seat.public_id)


def stale() -> Stale:
    """Somebody was quicker."""
    return Stale(lazy("Somebody changed this while you had the page open."))
