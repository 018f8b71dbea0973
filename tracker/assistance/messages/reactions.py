"""What becomes of messages when the request moves on, in the transaction of that step."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.message_kinds import MessageKind, Side
from tracker.assistance.messages.queries import owed
from tracker.assistance.messages.services.putting import note_answers, put
from tracker.assistance.models import Decision
from tracker.events import Event, react
from tracker.extensions import db
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("assistance.answered", no_more_time_needed)
    react("assistance.withdrawn", nothing_needed)
    react("assistance.amended", amended_as_wanted)


def no_more_time_needed(_event: Event, request: Any, actor: Actor) -> None:
    """The State answered: nobody has to say any more whether it has time until then."""
    _overtake(request, actor, MessageKind.MORE_TIME)


def nothing_needed(_event: Event, request: Any, actor: Actor) -> None:
    """The State took the request back, and with it what it asked for."""
    _overtake(request, actor, MessageKind.MORE_TIME, MessageKind.AMENDMENT)


def _overtake(request: Any, actor: Actor, *kinds: MessageKind) -> None:
    for waiting in owed(request, Side.OFFICE, kinds):
        note_answers([waiting.id], put(request, MessageKind.OVERTAKEN, actor=actor, answers=[waiting.id]))


def amended_as_wanted(event: Event, request: Any, actor: Actor) -> None:
    """The amendment that a message led to was signed: that is its answer."""
    led = sa.select(Decision.wanted_id).where(Decision.id == event.data.get("decision_id"))
    wanted_id = db.session.scalar(led)
    if wanted_id is not None:
        note_answers([wanted_id], put(request, MessageKind.AMENDED, actor=actor, answers=[wanted_id]))
