"""Reminding one person, and everybody of a session who misses something."""

import uuid
from collections.abc import Collection
from typing import Any

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.database.verbs import verb
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.reminding import queries
from tracker.participation.reminding.policies import RULES, RemindAction
from tracker.participation.reminding.queries import BY_OFFICE, BY_STATE, Remindable
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize, can


@verb
def remind(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Send whoever sits in a seat a mail with their link, because papers are missing; gives the request's public id."""
    hold_requests({queries.get(public_id, actor).papers.journey.request.id})
    found = queries.get(public_id, actor)
    authorize(RULES, RemindAction.REMIND, actor, queries.facts_of(found))
    _record(found, actor)
    return str(found.papers.journey.request.public_id)


@verb(events=None)
def remind_all(code: str, seats: Collection[uuid.UUID], *, actor: Actor) -> int:
    """Remind of these people everybody who may be reminded now; gives how many."""
    session = reference.get_session(code)
    hold_requests({one.papers.journey.request.id for one in queries.of_session(session, actor, seats)})
    number = 0
    for found in queries.of_session(session, actor, seats):
        if can(RULES, RemindAction.REMIND, actor, queries.facts_of(found)) is None:
            _record(found, actor)
            number += 1
    return number


def _record(found: Remindable, actor: Actor) -> None:
    """The event is about the link that the mail carries, and stands in the request's history."""
    seat, request = found.papers.journey.seat, found.papers.journey.request
    named: dict[str, Any] = {"seat_ids": [seat.id], "delegate_ids": [seat.delegate_id]}
    about = (AssistanceRequest, [request.id])
    name = BY_STATE if actor.is_state else BY_OFFICE
    events.record(name, found.link, actor=actor, also_about=about, **named)
