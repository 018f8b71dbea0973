"""The card of the seats that a pledge paid, on the pledge's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.participation.seats.presenting import seats_table
from tracker.participation.seats.queries import TOLD_FROM, genders_of, seats_paid_by
from tracker.participation.seats.shares import below_of
from tracker.pledges.models import Pledge
from tracker.pledges.page_cards import PledgeCard
from tracker.pledges.queries.uses import Use
from tracker.rights.actor import Actor


def _paid(pledge: Pledge, uses: Sequence[Use], actor: Actor) -> Mapping[str, Any] | None:
    if pledge.accepted_at is None:
        return None
    # Most pledges pay no seat: the page has read what they pay.
    seats = seats_paid_by(pledge, actor) if any(use.allocation.seat_id for use in uses) else []
    shared = any(seat.described and not seat.counted for seat in seats)
    below = below_of(pledge) if actor.is_staff else None
    return {
        "table": seats_table(seats),
        "genders": genders_of(seats),
        "told_from": TOLD_FROM,
        "shared": shared,
        "below": below,
    }


PLEDGE_CARDS = (PledgeCard(10, "participation/seats/_paid.html", _paid),)
