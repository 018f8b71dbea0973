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
from tracker.files.store import path_of
from tracker.imports import queries
from tracker.imports.hints import Hints
from tracker.imports.kinds import importable
from tracker.imports.reading import open_source
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal


@verb(events=0)
def upload(upload: Any, *, actor: Actor, what: str, hints: Hints) -> str:
    """Store a file and begin to look at it; gives the public id of the preview's job (whose event it is)."""
    _may(actor, what)
    params: dict[str, Any] = {"what": what, **asdict(hints)}
    public_id = jobs.start(queries.PREVIEW, params, actor=actor)
    job = db.session.scalars(sa.select(Job).where(Job.public_id == uuid.UUID(public_id))).one()
    file = files.put(upload, actor=actor, subject=job, kinds=IMPORTS, limit=IMPORT_LIMIT)
    open_source(path_of(file.stored_as), hints)  # what can be refused at once is refused beside the choices
    job.params = {**params, "file_id": file.id}
    return public_id


@verb(events=0)
def carry_out(preview_id: uuid.UUID, *, actor: Actor) -> str:
    """Begin to take over the file of a finished preview; gives the public id of the run's job."""
    preview = queries.get_job(preview_id, actor)
    _may(actor, preview.params["what"])
    if preview.kind != queries.PREVIEW or preview.status != "done":
        raise Conflict(lazy("Look at the file first: this preview is not done."))
    return jobs.start(queries.RUN, {**preview.params, "preview": str(preview_id)}, actor=actor)


def _may(actor: Actor, what: str) -> None:
    if what not in importable(actor):
        raise Forbidden(Refusal("import", lazy("You cannot import records of this kind.")))
