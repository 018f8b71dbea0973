"""Papers of journeys that are made and filed: what they say is described in `travel.papers`."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Invalid, NotFound
from tracker.languages.marking import lazy
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.recording import keep, record_by_request, recorded, to_record
from tracker.participation.travel.signed_papers import keep_paper
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOST_AT_ONCE = 500


@verb(events=None)
def record_authorisation_made(code: str, seats: Collection[uuid.UUID], *, actor: Actor) -> int:
    """Say that the authorisation of these journeys was made for the manager's signature; gives of how many. One event
    for each request."""
    found = chosen(code, seats, actor)
    record_by_request("participation.authorisation_made", found, actor)
    return len(found)


@verb(events=None)
def file_authorisation(
    code: str, seats: Collection[uuid.UUID], *, actor: Actor, signed_on: date | None, file: Any
) -> int:
    """File the authorisation that a manager signed for these journeys; gives of how many. All or none; one event for
    each request."""
    problems: dict[str, Any] = {}
    if signed_on is None or signed_on > today():
        problems["signed_on"] = lazy("Enter the day on which it was signed, today at the latest.")
    if not file:
        problems["file"] = lazy("Choose the file of the signed authorisation.")
    found = chosen(code, seats, actor)
    if problems:
        raise Invalid(fields=problems)
    stored = keep_paper(file, found, actor=actor, about=found[0].request)
    for one in found:
        keep(one, authorised_on=signed_on, authorisation_file_id=stored.id)
    record_by_request("participation.authorisation_filed", found, actor)
    return len(found)


@verb
def record_invitation_made(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Say that a letter of invitation was made for a person; gives the seat's public id."""
    found, _session = to_record(public_id, TravelAction.PREPARE, actor, None)
    return recorded("participation.invitation_made", found, actor)


def chosen(
    code: str, seats: Collection[uuid.UUID], actor: Actor, action: TravelAction = TravelAction.PREPARE
) -> Sequence[Travelling]:
    """The chosen seats of the session with their requests held. Raises NotFound where one is not on the desk, Forbidden
    where the journey of one is not that far, or further."""
    if not seats:
        raise Invalid(lazy("No seat is ticked."))
    if len(set(seats)) > MOST_AT_ONCE:
        raise Invalid(lazy("Choose %(most)d people at most at once.", most=MOST_AT_ONCE))
    session, chosen = reference.get_session(code), Seat.public_id.in_(list(seats))
    hold_requests({one.request.id for one in queries.of_session(session, actor, chosen)})
    found = queries.of_session(session, actor, chosen)
    if not found or len(found) < len(set(seats)):
        raise NotFound
    for one in found:
        authorize(RULES, action, actor, queries.facts_of(one))
    return found
