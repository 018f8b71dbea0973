"""The way to the messages on a delegate's page."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.delegate_messages import queries
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, _found: Travelling) -> Mapping[str, Any] | None:
    """When the office wrote last, and whether something waits for its answer."""
    rows = queries.get_own(here.seat_id, here.delegate_id).rows
    answers = [row.at for row in rows if row.by is By.OFFICER]
    waits = any(row.waits for row in rows)
    return {"token": here.token, "answered_at": answers[-1] if answers else None, "waits": waits}


CARDS = (DelegateCard(70, "participation/delegate_messages/_card.html", _shown),)
