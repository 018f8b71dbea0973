"""Proposals for tests: asked for by the manager, computed as a worker does."""

import uuid

import sqlalchemy as sa

from tests.factories import pledges as make
from tracker.accounts.queries.actors import actor_for
from tracker.extensions import db
from tracker.jobs import queries
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.rounds.proposals.services import ask_for_proposal
from tracker.rounds.proposals.work import PROPOSE


def asked_for(people: make.People, round_: uuid.UUID) -> str:
    """A proposal that waits for a worker; gives its job."""
    return ask_for_proposal(round_, actor=people.manager.actor)


def computed(people: make.People, round_: uuid.UUID) -> str:
    """A proposal that a worker has computed; gives its job."""
    job = asked_for(people, round_)
    work()
    return job


def work() -> None:
    """Compute the proposals that wait, and no other work."""
    mine = sa.select(Job.id).where(Job.id.in_(queries.waiting_ids()), Job.kind == PROPOSE)
    for job_id in db.session.scalars(mine).all():
        jobs.run(job_id, actor_for)
