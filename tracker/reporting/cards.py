"""The way from a session's page to the reports of it that the reader may open."""

from collections.abc import Mapping
from typing import Any

from tracker.reference.models import Session
from tracker.reference.session_cards import SessionCard
from tracker.rights.actor import REQUEST_READERS, Actor


def _reports(_session: Session, actor: Actor) -> Mapping[str, Any] | None:
    office = actor.has(*REQUEST_READERS)
    return {"office": True} if office else None


CARDS = (SessionCard(25, "reporting/_card.html", _reports),)
