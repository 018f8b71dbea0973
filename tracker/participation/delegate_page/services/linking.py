"""Personal links: made when the State confirms a seat, and anew when the travel officer sends another."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.participation.delegate_page.lifecycle import LinkKind
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
        make(seat_id, delegate_id, actor)
    return len(seat_ids)


@verb
def renew_link(public_id: uuid.UUID, *, actor: Actor, email: str | None = None) -> str:
    """Send the person in a seat a new link, to the address of the nomination or to a corrected one, which is kept with
    the nomination; the link before ends, and with it every page that is open. Gives the seat's public id. Raises
    Conflict where no e-mail address is known."""
    hold_requests({travel.get(public_id, actor)[0].request.id})
    found, _session = travel.get(public_id, actor)
    authorize(RULES, TravelAction.RENEW_LINK, actor, travel.facts_of(found))
    address = normal_email(email) if email else ""
    corrected = bool(address) and address != db.session.get_one(Delegate, found.person.id).email
    if corrected:
        update_where(Delegate, Delegate.id == found.person.id, email=address, version=Delegate.version + 1)
    elif not db.session.get_one(Delegate, found.person.id).email:
        raise Conflict(lazy("No e-mail address of this person is known: a link cannot be sent."))
    make(found.seat.id, found.person.id, actor, corrected=corrected)
    return str(public_id)


def end_links(*which: Any) -> int:
    """End links with the pages that they opened; gives how many. Whom they were sent to as helpers is forgotten."""
    gone: dict[str, Any] = {"ended_at": now(), "helper_name": None, "helper_email": None}
    return update_where(DelegateLink, *which, DelegateLink.ended_at.is_(None), **gone)


def make(
    seat_id: int,
    delegate_id: int,
    actor: Actor,
    event: str = "participation.link_made",
    *,
    corrected: bool = False,
    **helper: Any,
) -> None:
    """End the link of this kind that the seat has, whosever it is, and all of whoever sat there before, and make one;
    `helper` is who helps, for a link of theirs; `corrected` says that the address was."""
    kind = LinkKind.HELPER if helper else LinkKind.OWN
    others = sa.or_(DelegateLink.kind == kind, DelegateLink.delegate_id != delegate_id)
    end_links(DelegateLink.seat_id == seat_id, others)
    row = DelegateLink(
        seat_id=seat_id,
        delegate_id=delegate_id,
        kind=kind,
        made_by_id=actor.person_id,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        **helper,
    )
    db.session.add(row)
    db.session.flush()
    links.store_token_hash(row)
    request_id = db.session.get_one(Seat, seat_id).request_id
    of_request = (AssistanceRequest, [request_id])
    facts: dict[str, Any] = {"delegate_id": delegate_id, "request_id": request_id}
    if corrected:
        facts["corrected"] = 1
    events.record(event, row, actor=actor, also_about=of_request, **facts)
