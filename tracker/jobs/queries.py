"""Reading jobs: one's own, and all of them for those who run the office's machinery."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.rights.actor import REQUEST_READERS, Actor


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition for the jobs an actor may see: their own; administrators and auditors see every one."""
    if actor.is_system or actor.has("administrator", "auditor"):
        return sa.true()
    return sa.and_(Job.person_id.is_not(None), Job.person_id == actor.person_id)


def get_visible(public_id: uuid.UUID | str, actor: Actor) -> Job:
    """Return a job the actor may see. Raises NotFound."""
    try:
        wanted = uuid.UUID(str(public_id))
    except ValueError:
        raise NotFound from None
    job = db.session.scalars(sa.select(Job).where(Job.public_id == wanted, visible_to(actor))).one_or_none()
    if job is None:
        raise NotFound
    return job


def reads_words(job: Job, actor: Actor) -> bool:
    """Whether the actor may read what the records say that a job is about: whoever began it, and who may open them.
    The administrators, who watch over all long work, read no record."""
    return job.person_id == actor.person_id or actor.has(*REQUEST_READERS)


def recent(actor: Actor, *kinds: str, limit: int = 20) -> list[Job]:
    """Return the latest jobs that an actor may see, of these kinds or of all."""
    statement = sa.select(Job).where(visible_to(actor))
    if kinds:
        statement = statement.where(Job.kind.in_(kinds))
    return list(db.session.scalars(statement.order_by(Job.id.desc()).limit(limit)))


def waiting_ids(limit: int = 50) -> list[int]:
    """Return the jobs that nobody holds: queued, or left by a worker whose lease has run out."""
    nobody = sa.or_(Job.status == "queued", sa.and_(Job.status == "running", Job.lease_until < now()))
    return list(db.session.scalars(sa.select(Job.id).where(nobody).order_by(Job.id).limit(limit)))
