"""Personal links: made when the State confirms a seat, and anew when the travel officer sends another."""

import uuid
from collections.abc import Sequence
from typing import Any

from tracker import events
from tracker.accounts import links
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb(events=None)
def make_links(seat_ids: Sequence[int], delegate_ids: Sequence[int], *, actor: Actor) -> int:
    """Make the links of people whose seats were just confirmed; gives how many. One event for each."""
    for seat_id, delegate_id in zip(seat_ids, delegate_ids, strict=True):
        _make(seat_id, delegate_id, actor)
    return len(seat_ids)


@verb
def renew_link(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Send the person in a seat a new link; the one before ends with it, and with it every page that is open. Gives the
    seat's public id. Raises Conflict where no e-mail address is known."""
    hold_requests({travel.get(public_id, actor)[0].request.id})
    found, _session = travel.get(public_id, actor)
    authorize(RULES, TravelAction.RENEW_LINK, actor, travel.facts_of(found))
    if not db.session.get_one(Delegate, found.person.id).email:
        raise Conflict(lazy("No e-mail address of this person is known: a link cannot be sent."))
    _make(found.seat.id, found.person.id, actor)
    return str(public_id)


def _make(seat_id: int, delegate_id: int, actor: Actor) -> None:
    """End the link that the seat has, whosever it is, and make one."""
    update_where(DelegateLink, DelegateLink.seat_id == seat_id, DelegateLink.ended_at.is_(None), ended_at=now())
    row = DelegateLink(
        seat_id=seat_id,
        delegate_id=delegate_id,
        made_by_id=actor.person_id,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
    )
    db.session.add(row)
    db.session.flush()
    links.store_token_hash(row)
    request_id = db.session.get_one(Seat, seat_id).request_id
    of_request = (AssistanceRequest, [request_id])
    facts: dict[str, Any] = {"delegate_id": delegate_id, "request_id": request_id}
    events.record("participation.link_made", row, actor=actor, also_about=of_request, **facts)
