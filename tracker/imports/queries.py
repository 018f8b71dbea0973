"""Reads of the import page."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.models import File
from tracker.imports.kinds import importable
from tracker.imports.models import ImportRun
from tracker.jobs.models import Job
from tracker.rights.actor import Actor

PREVIEW, RUN = "imports.preview", "imports.run"


def get_job(public_id: uuid.UUID, actor: Actor) -> Job:
    """A preview or a run that the actor started and may still do; NotFound otherwise."""
    job = db.session.scalars(
        sa.select(Job).where(Job.public_id == public_id, Job.person_id == actor.person_id, Job.kind.in_([PREVIEW, RUN]))
    ).one_or_none()
    if job is None or job.params.get("what") not in importable(actor):
        raise NotFound
    return job


def file_of(job: Job) -> File:
    """The uploaded file of a preview or run."""
    return db.session.get_one(File, job.params["file_id"])


def recent_runs(actor: Actor, limit: int = 20) -> Sequence[ImportRun]:
    """The latest imports of the kinds that the actor may do, whoever did them."""
    return db.session.scalars(
        sa.select(ImportRun).where(ImportRun.what.in_(importable(actor))).order_by(ImportRun.id.desc()).limit(limit)
    ).all()
