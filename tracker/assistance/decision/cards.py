"""The card of the decision on the request's page: the terms in force, and the earlier ones."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Status
from tracker.assistance.page.cards import Card, CardData

WITH_TERMS = (Status.ACCEPTED, Status.IN_IMPLEMENTATION, Status.COMPLETED)


def _terms(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    in_force = seen.facts.decision is not None and seen.found.status in WITH_TERMS
    return {"terms": seen.parts.terms} if in_force else None


CARDS = (Card("decision", 20, "assistance/decision/_terms.html", _terms),)
