"""Reads of proposals: those of a round, one of them, whether one is being computed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from tracker.accounts.models import Person
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.rounds.models import Round
from tracker.rounds.proposals.models import RoundProposal


def proposals_of(round_id: int) -> Sequence[Any]:
    """The proposals of a round, the latest first: number, when and by whom it was asked for, whether it is done, and
    how its work stands (None: forgotten)."""
    return db.session.execute(
        sa.select(
            RoundProposal.number,
            RoundProposal.asked_at,
            RoundProposal.outcome.is_not(None).label("done"),
            Person.name.label("asked_by"),
            Job.status.label("work"),
        )
        .join(Person, Person.id == RoundProposal.asked_by_id)
        .outerjoin(Job, Job.public_id == RoundProposal.job_public_id)
        .where(RoundProposal.round_id == round_id)
        .order_by(RoundProposal.number.desc())
    ).all()


def proposal_of(round_: Round, number: int) -> RoundProposal:
    """A proposal with what it was computed from and what came out. Raises NotFound."""
    found = db.session.scalar(
        sa.select(RoundProposal)
        .where(RoundProposal.round_id == round_.id, RoundProposal.number == number)
        .options(undefer(RoundProposal.inputs), undefer(RoundProposal.outcome))
    )
    if found is None:
        raise NotFound
    return found


def with_outcome(round_id: int) -> Sequence[Any]:
    """Every proposal of a round that is computed, the latest first: inputs and outcome."""
    return db.session.execute(
        sa.select(RoundProposal.inputs, RoundProposal.outcome)
        .where(RoundProposal.round_id == round_id, RoundProposal.outcome.is_not(None))
        .order_by(RoundProposal.number.desc())
    ).all()


def under_way(round_id: int) -> bool:
    """Whether a proposal of a round is being computed."""
    work = (
        sa.select(RoundProposal.id)
        .join(Job, Job.public_id == RoundProposal.job_public_id)
        .where(RoundProposal.round_id == round_id, Job.status.in_(("queued", "running")))
    )
    return bool(db.session.scalar(sa.select(work.exists())))
