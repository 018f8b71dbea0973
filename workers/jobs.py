"""The task of long work: run one job by its id, or every job that no worker holds."""

from celery import shared_task

from tracker.accounts.queries.actors import actor_for
from tracker.jobs import services

HOUR = 3600
"""Long work may outlast the broker's visibility timeout: a message given back finds the job held, and goes."""


@shared_task(name="jobs.run", soft_time_limit=6 * HOUR, time_limit=6 * HOUR + 60)
def run(job_id: int | None = None) -> None:
    """Run one job, or look for those that were left."""
    if job_id is None:
        services.sweep(actor_for)
    else:
        services.run(job_id, actor_for)
