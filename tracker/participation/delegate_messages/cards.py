"""The way to the messages on a delegate's page."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.delegate_messages import queries
from tracker.participation.delegate_messages.policies import RULES, MessagesAction
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor
from tracker.rights.rules import can


def _shown(here: Here, _found: Travelling) -> Mapping[str, Any] | None:
    """When the office wrote last, and whether something waits for its answer."""
    thread = queries.get_own(here.seat_id, here.delegate_id)
    rows = thread.rows
    answers = [row.at for row in rows if row.by is By.OFFICER]
    waits = any(row.waits for row in rows)
    writes = can(RULES, MessagesAction.WRITE, Actor.anonymous, queries.facts_of(thread, here.by)) is None
    return {"token": here.token, "answered_at": answers[-1] if answers else None, "waits": waits, "writes": writes}


CARDS = (DelegateCard(70, "participation/delegate_messages/_card.html", _shown),)
