"""The card of seats on the request's page: each seat with its state, what is missing, and by when."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Kind
from tracker.assistance.page.cards import Card, CardData
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.rights.actor import REQUEST_WRITERS


def _seats(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    if seen.found.kind != Kind.PARTICIPATION or seen.found.submitted_at is None:
        return None
    rows = queries.of_request(seen.found.id)
    if not rows:
        return None
    return {"rows": rows, "labels": SEAT_LABELS, "may_open": seen.actor.has(*REQUEST_WRITERS)}


CARDS = (Card("seats", 8, "participation/offers/_seats.html", _seats),)
