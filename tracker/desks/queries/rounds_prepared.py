"""Rounds of seats that wait for a second person, beside what else waits for finance."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import recused
from tracker.extensions import db
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.models import Round


def prepared(actor: Actor) -> Sequence[Any]:
    """(round, code of its session, who signed it) of each round that waits, the oldest first, without the sessions in
    whose rounds the actor has no part: who declared a conflict of interest in one of their requests."""
    request = AssistanceRequest
    aside = sa.exists(sa.select(request.id).where(request.session_id == Session.id, recused(actor)).correlate(Session))
    found = (
        sa.select(Round, Session.code, Person.name)
        .join(Session, Session.id == Round.session_id)
        .join(Person, Person.id == Round.prepared_by_id)
        .where(Round.status == RoundStatus.PREPARED, sa.not_(aside))
    )
    return db.session.execute(found.order_by(Round.prepared_at, Round.id)).all()
