"""Undoing an import: the rows that nobody has touched since go again, in parts; the others stay and are counted."""

from collections.abc import Iterator

import sqlalchemy as sa

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, NotFound
from tracker.events.models import Event
from tracker.extensions import db
from tracker.imports.kinds import Kind, kind_of
from tracker.imports.models import ImportRun
from tracker.imports.report import Report
from tracker.imports.runs import CHUNK, Progress, left
from tracker.languages.marking import lazy, one_text
from tracker.rights.actor import Actor

UNDOABLE = ("done", "stopped")


def undo(run_id: int, *, actor: Actor, progress: Progress) -> tuple[int, int]:
    """Take the untouched rows of a run back; gives how many went and how many stay. Begun anew, it goes on."""
    run = db.session.get_one(ImportRun, run_id)
    if run.status == "running":
        raise Conflict(lazy("This import is still under way."))
    if run.status not in UNDOABLE:
        raise Conflict(lazy("This import was undone already."))
    refuse_held(run)
    what, total, looked_at, after = run.what, sum(run.counts.values()), 0, 0
    while (last := take_back(run_id, what=what, after=after, actor=actor)) is not None:
        after, looked_at = last, looked_at + CHUNK
        progress(min(looked_at, total), total)
    return end(run_id, actor=actor)


def refuse_held(run: ImportRun) -> None:
    """Raise Conflict with what rests on the rows of a run, so that none of them goes."""
    if reasons := kind_of(run.what).held(run.id):
        raise Conflict(one_text((lazy("This import is not undone while sessions rest on it:"), *reasons)))


def close_killed(run_id: int, *, actor: Actor) -> None:
    """Close a run that was killed at the console as one that was stopped, so that it can be undone; others stay."""
    run = db.session.get(ImportRun, run_id)
    if run is None:
        raise NotFound
    if left([run]):
        kind = kind_of(run.what)
        rows = db.session.scalar(sa.select(sa.func.count()).where(kind.model.import_run_id == run_id)) or 0
        kind.end(run_id, Report(total=rows), actor=actor, status="stopped")


@verb(events=None)
def take_back(run_id: int, *, what: str, after: int, actor: Actor) -> int | None:
    """Delete the untouched ones among the next rows; gives the id of the last that was looked at, None at the end. Of
    some kinds their requests keep an event."""
    kind = kind_of(what)
    model = kind.model
    ids = list(
        db.session.scalars(
            sa.select(model.id).where(model.import_run_id == run_id, model.id > after).order_by(model.id).limit(CHUNK)
        )
    )
    said = sa.exists().where(Event.subject_type == model.__event_subject__, Event.subject_id == model.id)
    # Dated rows have no version: they are never changed.
    changed = [model.version != 1] if hasattr(model, "version") else []
    touched = sa.or_(*changed, said, *kind.touched(), *_rests_on(kind))
    untouched = list(db.session.scalars(sa.select(model.id).where(model.id.in_(ids), ~touched)))
    kind.forget(untouched, actor)
    delete_where(model, model.id.in_(untouched))
    return ids[-1] if ids else None


def _rests_on(kind: Kind) -> Iterator[sa.ColumnElement[bool]]:
    """Whether a row of any table names the imported one, but for what came with it: it would go along, or refuse."""
    own = {part.__table__ for part in kind.parts}
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is kind.model.__table__ and table not in own:
                other = table.alias()
                yield sa.exists().where(other.c[key.parent.key] == kind.model.id)


@verb
def end(run_id: int, *, actor: Actor) -> tuple[int, int]:
    """Write down what went and what stays."""
    run = db.session.get_one(ImportRun, run_id, populate_existing=True)
    model = kind_of(run.what).model
    kept = db.session.scalar(sa.select(sa.func.count()).where(model.import_run_id == run_id)) or 0
    undone = run.counts.get("imported", 0) - kept
    standing = ImportRun.id == run_id, ImportRun.status.in_(UNDOABLE)
    values = {"undone": undone, "kept": kept, "undone_at": now(), "undone_by_id": actor.person_id}
    if not update_where(ImportRun, *standing, status="undone", **values):
        raise Conflict(lazy("This import was undone already."))
    events.record("imports.undone", run, actor=actor, undone=undone, kept=kept)
    return undone, kept
