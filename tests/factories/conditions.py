"""Conditions of travel in tests: `accept(seat, officer)` says yes for whoever sits there, where a text holds."""

import uuid

from tracker.calendar.now import today
from tracker.extensions import db
from tracker.participation.conditions import queries, services
from tracker.participation.conditions.services import Read
from tracker.participation.papers import contents
from tracker.rights.actor import Actor


def accept(seat: uuid.UUID, officer: Actor) -> None:
    """Enter the acceptance of whoever sits in the seat, as it came on paper."""
    holds = queries.now_in_force()
    text = holds.text_for("en").id if holds else None
    db.session.rollback()
    if text is not None:
        by = contents.officer("Signed form, by mail.", today())
        services.accept_conditions(seat, actor=officer, by=by, read=Read(text, ""), both=True)
