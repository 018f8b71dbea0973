"""Sponsoring seats on a session's page, for donors who pledge."""

from collections.abc import Mapping
from typing import Any

from tracker.reference.models import Session
from tracker.reference.session_cards import SessionCard
from tracker.rights.actor import PLEDGE_WRITERS, Actor
from tracker.rounds.sponsoring.queries import can_be_sponsored


def _shown(session: Session, actor: Actor) -> Mapping[str, Any] | None:
    return {} if actor.has(*PLEDGE_WRITERS) and can_be_sponsored(session) else None


CARDS = (SessionCard(5, "rounds/_sponsor_card.html", _shown),)
