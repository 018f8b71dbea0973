"""What every act on an offer does: hold the requests, close the offer, move the seat and whoever sits in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.errors import Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.queries import Offered
from tracker.rights.actor import Actor


def hold_requests(request_ids: Collection[int]) -> None:
    """Lock the requests in the order of their ids; other acts on them and their seats wait until the commit."""
    rows = sa.select(AssistanceRequest.id).where(AssistanceRequest.id.in_(request_ids)).order_by(AssistanceRequest.id)
    db.session.execute(rows.with_for_update(of=AssistanceRequest)).all()


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
