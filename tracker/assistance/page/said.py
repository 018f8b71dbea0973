"""The card of the request's page on which all that was decided and answered stays, as its State reads it."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance import said
from tracker.assistance.page.cards import Card, CardData


def _said(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    parts = seen.parts
    record = said.Record(
        *(seen.found.status, parts.reasons, parts.decisions, parts.rounds),
        *(parts.activities, parts.notes, parts.papers, parts.erasures),
    )
    entries = said.entries(record, office=False, by=lambda person_id: parts.people.get(person_id, ""))
    return {"entries": entries} if entries else None


CARDS = (Card("said", 40, "assistance/page/_said.html", _said),)
