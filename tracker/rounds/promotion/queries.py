"""Reads around promotion: who was nominated, which seats came free, what is proposed, how many wait for a seat."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.pledges.proposed_acts.lifecycle import ActName, ActStatus
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds.policies import READERS

R = AssistanceRequest


def shown_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The requests whose people the actor may read of here: whoever reads rounds reads all of a session's."""
    return sa.true() if actor.is_system or actor.has(*READERS) else visible_to(actor)


def nominated(public_id: uuid.UUID, actor: Actor) -> tuple[Delegate, Session]:
    """Somebody who was nominated for a session, and the session; NotFound where the actor may not know of it."""
    found = db.session.execute(
        sa.select(Delegate, Session)
        .join(R, R.id == Delegate.request_id)
        .join(Session, Session.id == R.session_id)
        .where(Delegate.public_id == public_id, shown_to(actor))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def shown_among(ids: Sequence[int], actor: Actor) -> set[int]:
    """Which of these requests the actor may read of here."""
    return set(db.session.scalars(sa.select(R.id).where(R.id.in_(ids), shown_to(actor))))


def came_free(session_id: int, actor: Actor) -> Sequence[Any]:
    """The seats of a session that ended and were used by nobody, the latest first: seat, person, State."""
    return db.session.execute(
        sa.select(Seat, Delegate.name, Organisation.state_iso3.label("iso3"))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(R.session_id == session_id, Seat.given_back, shown_to(actor))
        .order_by(Seat.ended_at.desc(), Seat.id.desc())
    ).all()


def proposed(session_id: int) -> dict[int, uuid.UUID]:
    """The public id of the proposal that waits, by the person whom it is about."""
    rows = db.session.execute(
        sa.select(ProposedAct.delegate_id, ProposedAct.public_id)
        .join(R, R.id == ProposedAct.request_id)
        .where(
            R.session_id == session_id,
            ProposedAct.kind == ActName.PROMOTION,
            ProposedAct.status == ActStatus.WAITING,
        )
    )
    return {row.delegate_id: row.public_id for row in rows}


def names_for(acts: Sequence[ProposedAct]) -> dict[int, Any]:
    """Name, State and marking of the person whom each of these acts is about, by the act's id."""
    rows = db.session.execute(
        sa.select(Delegate.id, Delegate.name, Organisation.state_iso3.label("iso3"), R.marking)
        .join(R, R.id == Delegate.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(Delegate.id.in_([act.delegate_id for act in acts]))
    )
    found = {row.id: row for row in rows}
    return {act.id: found[act.delegate_id] for act in acts if act.delegate_id is not None}


def session_of(request_id: int) -> int:
    """The session that a request is for. Raises NotFound where it is for none."""
    found = db.session.scalar(sa.select(R.session_id).where(R.id == request_id))
    if found is None:
        raise NotFound
    return found
