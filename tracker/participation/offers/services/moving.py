"""What every act on an offer does: hold the requests, close the offer, move the seat and whoever sits in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy, one_text
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.queries import Offered
from tracker.pledges import funding
from tracker.pledges.queries import sums_of_seats
from tracker.rights.actor import Actor


def hold_requests(request_ids: Collection[int]) -> None:
    """Lock the requests and their money in the order of their ids; other acts on them, on their seats and payments for
    these wait until the commit."""
    rows = sa.select(AssistanceRequest.id).where(AssistanceRequest.id.in_(request_ids)).order_by(AssistanceRequest.id)
    db.session.execute(rows.with_for_update(of=AssistanceRequest)).all()
    funding.hold_all(request_ids)


def close(offer: Offer, outcome: Outcome, *, actor: Actor, version: int | None, **facts: Any) -> None:
    """End an offer. Raises Stale when somebody changed it since `version` was seen (None: it was read just now)."""
    closed = update_where(
        Offer,
        Offer.id == offer.id,
        Offer.outcome.is_(None),
        Offer.version == (offer.version if version is None else version),
        version=Offer.version + 1,
        outcome=outcome.value,
        closed_at=now(),
        closed_by_id=actor.person_id,
        **facts,
    )
    if not closed:
        raise Stale(lazy("Somebody changed this while you had the page open."))
    db.session.refresh(offer)


def must_cost_nothing(found: Iterable[Offered]) -> None:
    """Raise Conflict with a sentence for each seat for which something was paid that did not come back."""
    names = {one.seat.id: one.person.name for one in found}
    paid = [names[seat_id] for seat_id, sums in sums_of_seats(names).items() if sums.paid_minor]
    if paid:
        said = (lazy("Something was paid for the seat of %(name)s: end that seat alone.", name=name) for name in paid)
        raise Conflict(one_text((lazy("No seat was taken back:"), *said)))


def move_person(delegate_id: int, status: DelegateStatus) -> None:
    """Whoever sits in a seat stands where the seat does."""
    update_where(Delegate, Delegate.id == delegate_id, status=status.value, version=Delegate.version + 1)


def record_by_request(name: str, found: Iterable[Offered], actor: Actor, **data: Any) -> None:
    """One event for each request, naming its seats and who sits in them."""
    by_request: dict[int, list[Offered]] = defaultdict(list)
    for one in found:
        by_request[one.request.id].append(one)
    for seats in by_request.values():
        named: dict[str, Any] = {"seat_ids": [one.seat.id for one in seats]}
        named["delegate_ids"] = [one.person.id for one in seats]
        events.record(name, seats[0].request, actor=actor, **named, **data)
