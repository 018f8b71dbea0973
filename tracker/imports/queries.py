"""Reads of the import page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.models import File
from tracker.imports.kinds import importable
from tracker.imports.models import ImportRun
from tracker.jobs.models import Job
from tracker.rights.actor import Actor

PREVIEW, RUN, UNDO = "imports.preview", "imports.run", "imports.undo"


def get_job(public_id: uuid.UUID, actor: Actor) -> Job:
    """A preview or a run that the actor started and may still do; NotFound otherwise."""
    job = db.session.scalars(
        sa.select(Job).where(Job.public_id == public_id, Job.person_id == actor.person_id, Job.kind.in_([PREVIEW, RUN]))
    ).one_or_none()
    if job is None or job.params.get("what") not in importable(actor):
        raise NotFound
    return job


def run_of(job: Job) -> ImportRun | None:
    """The run that a job carried out, None while it has not begun one."""
    return db.session.scalars(sa.select(ImportRun).where(ImportRun.work_key == str(job.public_id))).one_or_none()


def file_of(job: Job) -> File:
    """The uploaded file of a preview or run."""
    return db.session.get_one(File, job.params["file_id"])


def work_on(file: File) -> Sequence[Job]:
    """Every look at a file and every import of it, as far as they are remembered."""
    about = Job.params["file_id"].as_integer() == file.id
    return db.session.scalars(sa.select(Job).where(Job.kind.in_([PREVIEW, RUN]), about)).all()


def get_first_look(number: int, actor: Actor) -> Job:
    """The work with which a file was looked at first, whoever chose the file, of a kind that the actor may import;
    NotFound otherwise."""
    job = db.session.get(Job, number)
    if job is None or job.kind != PREVIEW or job.params.get("what") not in importable(actor):
        raise NotFound
    return job


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that somebody chose for an import. `what` is the kind of its records."""

    id: int
    name: str
    sha256: str
    at: datetime
    what: str


def source_files(actor: Actor, *, before: int | None, limit: int) -> list[SourceFile]:
    """The files of the kinds that the actor may import, whoever chose them, below the file `before`, newest first: at
    most `limit` + 1. The work goes after a time; what was imported then still says what a file held."""
    run = sa.select(ImportRun.what).where(ImportRun.sha256 == File.sha256).limit(1).scalar_subquery()
    what = sa.func.coalesce(Job.params["what"].as_string(), run)
    query = (
        sa.select(File.id, File.name, File.sha256, File.added_at, what)
        .outerjoin(Job, Job.id == File.subject_id)
        .where(File.subject_type == Job.__event_subject__, File.handed_in_at.is_not(None), what.in_(importable(actor)))
        .order_by(File.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(File.id < before)
    return [SourceFile(*row) for row in db.session.execute(query)]


def recent_runs(actor: Actor, limit: int = 20) -> Sequence[ImportRun]:
    """The latest imports of the kinds that the actor may do, whoever did them."""
    return db.session.scalars(
        sa.select(ImportRun).where(ImportRun.what.in_(importable(actor))).order_by(ImportRun.id.desc()).limit(limit)
    ).all()
