"""The card of a draft that began as a copy: what it took over, and what still has to be written."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.fields import table
from tracker.assistance.lifecycle import Status
from tracker.assistance.page.cards import Card, CardData


def _copied(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    if seen.found.status != Status.DRAFT or not seen.parts.copy:
        return None
    return {"origin": seen.parts.copy[0], "field_labels": table.labels()}


CARDS = (Card("copied", 5, "assistance/drafting/_copied.html", _copied),)
