"""The way from a session's page to the reports of it that the reader may open."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.seats.reactions import is_over
from tracker.reference.models import Session
from tracker.reference.session_cards import SessionCard
from tracker.rights.actor import REQUEST_READERS, Actor


def _reports(session: Session, actor: Actor) -> Mapping[str, Any] | None:
    office, over = actor.has(*REQUEST_READERS), is_over(session)
    return {"office": office, "over": over} if office or over else None


CARDS = (SessionCard(25, "reporting/_card.html", _reports),)
