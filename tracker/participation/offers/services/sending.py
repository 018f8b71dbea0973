"""Putting seats to the authority of their States, several at once."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy, one_text
from tracker.participation.offers import queries
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.moving import hold_requests, record_by_request
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOST_AT_ONCE = 500


@verb(events=None)
def send_offers(code: str, seats: Collection[uuid.UUID], *, actor: Actor, shortened_to: date | None = None) -> int:
    """Offer seats of a session to their States, each until its own day (`lifecycle.offered_until`) or an earlier one
    that the officer chose; gives how many. All or none: raises Conflict with a sentence for each that cannot be
    offered, Invalid for a day that lies in the past or shortens nothing. One event for each request."""
    authorize(RULES, OfferAction.SEND, actor, None)
    if not seats:
        raise Invalid(lazy("No seat is ticked."))
    session = reference.get_session(code)
    must_take_place(session.id)
    chosen = Seat.public_id.in_(list(seats)[:MOST_AT_ONCE])
    hold_requests({one.request.id for one in queries.of_session(session.id, actor, chosen)})
    found = queries.of_session(session.id, actor, chosen)
    if not found or len(found) < len(set(seats)):
        raise NotFound
    limits = queries.limits_of(session)
    days = {one.seat.id: limits.until(one) for one in found}
    if refused := [why for one in found if (why := why_not(one, days[one.seat.id]))]:
        raise Conflict(one_text((lazy("No offer was sent:"), *refused)))
    until = {seat_id: day for seat_id, day in days.items() if day is not None}
    if shortened_to is not None:
        _check(shortened_to, max(until.values()))
        until = {seat_id: min(day, shortened_to) for seat_id, day in until.items()}
    for one in found:
        offer = Offer(seat_id=one.seat.id, delegate_id=one.person.id, until=until[one.seat.id])
        offer.sent_by_id = actor.person_id
        db.session.add(offer)
    db.session.flush()
    record_by_request("participation.seats_offered", found, actor, until=min(until.values()))
    return len(found)


def why_not(one: Offered, until: date | None) -> Any:
    """Why a seat cannot be offered now, in a sentence; None when it can."""
    name = one.person.name
    if one.is_open:
        return lazy("The seat of %(name)s is offered already.", name=name)
    if not one.waits_to_be_offered:
        return lazy("The seat of %(name)s was answered or has ended.", name=name)
    if until is None:
        return lazy("%(name)s cannot get a visa and a ticket in time any more.", name=name)
    return None


def _check(chosen: date, latest: date) -> None:
    if chosen <= today():
        raise Invalid(fields={"until": lazy("Give the States at least until tomorrow.")})
    if chosen > latest:
        message = lazy("Choose a day up to %(day)s: later nobody could get there in time.", day=format_day(latest))
        raise Invalid(fields={"until": message})
