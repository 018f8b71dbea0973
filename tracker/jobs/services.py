"""Starting, running, stopping and taking up long work.

A run goes like this: (1) one conditional UPDATE takes the job, or somebody else has it; (2) the function works, in
transactions of its own, giving signs of life; (3) one conditional UPDATE by the same token ends it. A worker that is
killed between (1) and (3) leaves a lease that runs out, and the sweep begins again at (1).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import sqlalchemy.exc
import structlog

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.database.wake_ups import wake
from tracker.errors import Conflict, DomainError, Invalid, NotFound
from tracker.extensions import db
from tracker.jobs import queries
from tracker.jobs.models import Job
from tracker.jobs.policies import CANCEL, RULES, JobFacts
from tracker.jobs.work import LEASE, Cancelled, Failed, Lost, Work, kind_of
from tracker.languages.marking import N_
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOST_TRIES = 5
ActorFor = Callable[[int, int], Actor | None]
log = structlog.get_logger()


@verb
def start(kind: str, params: dict[str, Any], *, actor: Actor) -> str:
    """Put long work in the queue and return its public id; the page about it is /jobs/<public id>."""
    if kind_of(kind) is None:
        raise NotFound
    job = Job(
        kind=kind,
        params=params,
        person_id=actor.person_id,
        membership_id=actor.membership_id,
        organisation_id=actor.organisation_id,
    )
    db.session.add(job)
    db.session.flush()
    events.record("jobs.started", job, actor=actor, kind=kind)
    wake("jobs.run", job.id)
    return str(job.public_id)


@verb
def cancel(public_id: uuid.UUID | str, *, actor: Actor) -> None:
    """Ask a job to stop: one in the queue ends at once, one at work when it next gives a sign of life."""
    job = queries.get_visible(public_id, actor)
    authorize(RULES, CANCEL, actor, JobFacts.of(job))
    ended = update_where(Job, Job.id == job.id, Job.status == "queued", status="cancelled", ended_at=now())
    if not ended and not update_where(Job, Job.id == job.id, Job.status == "running", cancel_asked=True):
        raise Conflict
    events.record("jobs.cancel_asked", job, actor=actor)


def sweep(actor_for: ActorFor) -> int:
    """Run every job that nobody holds and return how many this worker took."""
    return sum(run(job_id, actor_for) for job_id in queries.waiting_ids())


def run(job_id: int, actor_for: ActorFor) -> bool:
    """Run a job to its end; False when somebody else has it or it is over.

    `actor_for(person id, membership id)` reads the rights of whoever started it as they are now; when the person
    has left, the job fails.
    """
    token = str(uuid.uuid4())
    if not _take(job_id, token):
        return False
    job = db.session.get_one(Job, job_id, populate_existing=True)
    work = Work(job, Actor.anonymous)
    try:
        _end(work, *_outcome(job, work, actor_for))
    except Lost:
        log.warning("job lost to another worker", job=job_id)
    except (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError):
        log.exception("job left because the database is away", job=job_id)
        db.session.rollback()
    return True


def _outcome(job: Job, work: Work, actor_for: ActorFor) -> tuple[str, str, dict[str, Any]]:
    """Do the work and return how it ended: status, message id, values. What only passes is raised."""
    try:
        _work(job, work, actor_for)
    except (Lost, sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError):
        raise
    except Cancelled:
        return "cancelled", N_("Stopped. Nothing that was not finished has been kept."), {}
    except Failed as failure:
        return "failed", failure.message, failure.params
    except DomainError as error:
        return "failed", *_words_of(error)
    except Exception:
        log.exception("job failed", job=work.job_id)
        return "failed", N_("The work stopped because of a fault in the tracker. The operator was told."), {}
    return "done", work.message, work.message_params


def _take(job_id: int, token: str) -> bool:
    """Take the job if nobody holds it: one row changed, or it is not ours."""
    moment = now()
    nobody = sa.or_(Job.status == "queued", sa.and_(Job.status == "running", Job.lease_until < moment))
    with transaction():
        taken = update_where(
            Job,
            Job.id == job_id,
            nobody,
            status="running",
            token=token,
            lease_until=moment + LEASE,
            tries=Job.tries + 1,
            started_at=sa.func.coalesce(Job.started_at, moment),
        )
    return taken == 1


def _work(job: Job, work: Work, actor_for: ActorFor) -> None:
    """Call the kind's function with the rights of whoever started the job, unless it must not run at all."""
    kind = kind_of(job.kind)
    if kind is None:
        raise Failed(N_("This version of the tracker does not know this kind of work."))
    if job.cancel_asked:
        raise Cancelled
    if job.tries > MOST_TRIES:
        raise Failed(N_("The work was interrupted too often and was given up."))
    if job.person_id is None or job.membership_id is None:
        work.actor = Actor.system
    else:
        actor = actor_for(job.person_id, job.membership_id)
        if actor is None:
            raise Failed(N_("The person who started this no longer has an account here."))
        work.actor = actor
    db.session.rollback()
    kind.function(work)


@verb(events=None)
def _end(work: Work, status: str, message: str, params: dict[str, Any]) -> None:
    """End the job by our own token, with its report and one event; nothing when it is no longer ours."""
    report_file_id = work.keep_report() if status == "done" else None
    ended = update_where(
        Job,
        Job.id == work.job_id,
        Job.token == work.token,
        status=status,
        token=None,
        lease_until=None,
        ended_at=now(),
        message=message,
        message_params=params,
        result=work.result,
        report_file_id=report_file_id,
    )
    if not ended:
        raise Lost
    job = db.session.get_one(Job, work.job_id)
    events.record("jobs.ended", job, actor=work.actor, kind=job.kind, status=status)


def _words_of(error: DomainError) -> tuple[str, dict[str, Any]]:
    """Return the message id and values of a domain error's lazy sentence, so that each reader gets their language."""
    fields = error.fields.values() if isinstance(error, Invalid) else ()
    lazily: Any = error.message or next(iter(fields), "")
    if getattr(lazily, "_args", None):
        return str(lazily._args[0]), {name: str(value) for name, value in lazily._kwargs.items()}
    return str(lazily or error), {}
