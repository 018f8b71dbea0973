"""Where a State stands at a session: whether it may ask, what it asked, how long it still can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.working_days import end_of
from tracker.extensions import db
from tracker.participation import queries
from tracker.participation.lifecycle import Eligibility
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Standing:
    """A State's eligibility, its requests, and how many each nominates."""

    eligibility: Eligibility
    requests: Sequence[Any]
    sizes: Mapping[Any, Any]


def standing_of(session: Session, actor: Actor) -> Standing | None:
    """Where the actor's State stands; None where the actor is of none. Eligibility goes by the lists of the day on
    which nominations close, once that day is known."""
    if not actor.is_state or actor.organisation_id is None:
        return None
    eligibility = queries.eligibility_of(actor.organisation_id, session)
    if eligibility is None:
        return None
    requests = _requests(session, actor)
    return Standing(eligibility, requests, queries.sizes_of(requests))


def _requests(session: Session, actor: Actor) -> Sequence[Any]:
    """The State's requests for the session that the actor may see."""
    late = R.submitted_at > end_of(session.closing_on) if session.closing_on else sa.false()
    return db.session.execute(
        sa.select(
            R.public_id,
            R.reference,
            R.kind,
            R.status,
            R.seats_given_up,
            R.round_result,
            R.created_at,
            sa.func.coalesce(late, False).label("late"),
        )
        .where(
            R.organisation_id == actor.organisation_id,
            R.session_id == session.id,
            R.kind == Kind.PARTICIPATION,
            visible_to(actor),
        )
        .order_by(R.submitted_at.is_(None), R.id)
    ).all()
