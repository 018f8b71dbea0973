"""The two steps of an import on the page; the long work itself is in `work`."""

import uuid
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from tracker.database.verbs import verb
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.kinds import IMPORT_LIMIT, IMPORTS
from tracker.files.models import File
from tracker.files.receiving import Received
from tracker.imports import queries
from tracker.imports.hints import Hints
from tracker.imports.kinds import importable
from tracker.imports.reading import SOURCE_IS_GONE, open_source
from tracker.imports.report import Report
from tracker.imports.undoing import UNDOABLE, refuse_held
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal


def upload(upload: Received, *, key: str, actor: Actor, what: str, hints: Hints) -> str:
    """Store a file and begin to look at it; gives the public id of the preview's job. What can be refused at once is
    refused beside the choices."""
    _may(actor, what)
    open_source(upload.path, hints)
    return begin_preview(upload, key=key, actor=actor, what=what, hints=hints)


@verb(events=0)
def begin_preview(upload: Received, *, actor: Actor, what: str, hints: Hints) -> str:
    """Keep the file with the job that looks at it (whose event it is); gives the job's public id."""
    params: dict[str, Any] = {"what": what, **asdict(hints)}
    public_id = jobs.start(queries.PREVIEW, params, actor=actor)
    job = db.session.scalars(sa.select(Job).where(Job.public_id == uuid.UUID(public_id))).one()
    file = files.put(upload, actor=actor, subject=job, kinds=IMPORTS, limit=IMPORT_LIMIT)
    job.params = {**params, "file_id": file.id}
    return public_id


@verb(events=0)
def carry_out(preview_id: uuid.UUID, *, actor: Actor) -> str:
    """Begin to take over the file of a finished preview; gives the public id of the run's job."""
    preview = queries.get_job(preview_id, actor)
    _may(actor, preview.params["what"])
    if preview.kind != queries.PREVIEW or preview.status != "done":
        raise Conflict(lazy("Look at the file first: this preview is not done."))
    if queries.file_of(preview).erased_at is not None:
        raise Conflict(SOURCE_IS_GONE)
    return jobs.start(queries.RUN, {**preview.params, "preview": str(preview_id)}, actor=actor)


@verb(events=0)
def undo(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Begin to take back what an import took over; gives the public id of that work."""
    carried_out = queries.get_job(public_id, actor)
    _may(actor, carried_out.params["what"])
    run = queries.run_of(carried_out)
    if run is None or run.status not in UNDOABLE:
        raise Conflict(lazy("There is nothing of this import that could be undone."))
    refuse_held(run)
    return jobs.start(queries.UNDO, {"what": run.what, "run": run.id, "of": str(public_id)}, actor=actor)


def forget_content(file: File) -> None:
    """Let the content of a source go, and what work says of its rows: the first ones, remarks, reports. How many there
    were stays, and so does what was taken over. Inside a verb; raises Conflict while the file is being worked on."""
    for job in queries.work_on(file):
        if job.open:
            raise Conflict(lazy("This file is being worked on. Remove its content once that has ended."))
        if job.result:
            job.result = Report.counted(job.result.get("counts", {})).as_data()
        report = db.session.get(File, job.report_file_id) if job.report_file_id else None
        if report is not None:
            job.report_file_id = None
            db.session.flush()
            files.remove(report)
    files.erase(file)


def _may(actor: Actor, what: str) -> None:
    if what not in importable(actor):
        raise Forbidden(Refusal("import", lazy("You cannot import records of this kind.")))
