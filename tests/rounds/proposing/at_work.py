"""Proposals for tests: asked for by the manager, computed as a worker does."""

import uuid

from tests.factories import pledges as make
from tracker.accounts.queries.actors import actor_for
from tracker.jobs import queries
from tracker.jobs import services as jobs
from tracker.rounds.proposals.services import ask_for_proposal


def asked_for(people: make.People, round_: uuid.UUID) -> str:
    """A proposal that waits for a worker; gives its job."""
    return ask_for_proposal(round_, actor=people.manager.actor)


def computed(people: make.People, round_: uuid.UUID) -> str:
    """A proposal that a worker has computed; gives its job."""
    job = asked_for(people, round_)
    work()
    return job


def work() -> None:
    """Do the work that waits."""
    for job_id in queries.waiting_ids():
        jobs.run(job_id, actor_for)
