"""What the authority of a State says to a seat that is offered."""

import uuid

from tracker import events
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.moving import close, hold_requests, move_person
from tracker.participation.seats.lifecycle import SeatAction
from tracker.pledges.services.promises import required_reason
from tracker.pledges.services.seats import free_seat
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def confirm(public_id: uuid.UUID, *, actor: Actor, version: int | None, nobody_else_pays: bool) -> str:
    """Confirm a seat for the person who sits in it; gives the request's public id. Raises Invalid unless the State
    says that nobody else pays the same costs, Forbidden when the offer has ended."""
    found, offer = to_answer(public_id, actor)
    must_take_place(found.request.session_id)
    if not nobody_else_pays:
        message = lazy("Tick this: a seat is confirmed only where nobody else pays the same costs.")
        raise Invalid(fields={"nobody_else_pays": message})
    close(offer, Outcome.CONFIRMED, actor=actor, version=version, nobody_else_pays=True)
    found.seat.apply(SeatAction.CONFIRM, version=None)
    move_person(found.seat.delegate_id, DelegateStatus.CONFIRMED)
    return recorded("participation.seat_confirmed", found, actor)


@verb
def decline(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> str:
    """Give a seat up before anything was spent: its money goes back in the same transaction. Gives the request's public
    id. Raises Forbidden when the offer has ended."""
    found, offer = to_answer(public_id, actor, OfferAction.DECLINE)
    said = required_reason(reason)
    close(offer, Outcome.DECLINED, actor=actor, version=version, reason=said)
    found.seat.apply(SeatAction.DECLINE, version=None, reason=said)
    move_person(found.seat.delegate_id, DelegateStatus.DECLINED)
    free_seat(found.seat.id, actor=actor, reason=said)
    return recorded("participation.seat_declined", found, actor)


def to_answer(public_id: uuid.UUID, actor: Actor, action: OfferAction = OfferAction.ANSWER) -> tuple[Offered, Offer]:
    """The offer that the actor may answer, with its request held: whoever else acts on it waits."""
    hold_requests({queries.get_offer(public_id, actor).request.id})
    found = queries.get_offer(public_id, actor)
    authorize(RULES, action, actor, queries.facts_of(found))
    return found, found.offered


def recorded(name: str, found: Offered, actor: Actor, *also: Delegate) -> str:
    """Record an answer about the person and whoever else it is about; gives the request's public id."""
    seat_ids, delegate_ids = [found.seat.id], [found.person.id, *(person.id for person in also)]
    events.record(name, found.request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids)
    return str(found.request.public_id)
