"""A person's own ways to look at the queue: saved views, and what left it as a file."""

import sqlalchemy as sa

from tracker import events
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.required_texts import required
from tracker.database.seen import refuse_stale
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import REQUEST_READERS, Actor
from tracker.rights.rules import Refusal
from tracker.triage.queue import queries
from tracker.triage.queue.models import QueueExport, SavedView

MOST_VIEWS = 30


@verb(events=0)
def save_view(*, actor: Actor, name: str, query: str) -> int:
    """Keep a filter of the queue (its address) under a name of the actor's own. Gives its id."""
    _refuse_others(actor)
    required(name=name)
    held = db.session.scalars(sa.select(SavedView).where(SavedView.person_id == actor.person_id)).all()
    if len(held) >= MOST_VIEWS:
        raise Conflict(lazy("Delete a saved view first: there are %(most)d already.", most=MOST_VIEWS))
    _refuse_taken(name, held)
    view = SavedView(person_id=actor.person_id, name=name.strip(), query=query[:500])
    db.session.add(view)
    db.session.flush()
    return view.id


@verb(events=0)
def rename_view(view_id: int, *, actor: Actor, version: int | None, name: str) -> None:
    """Give one's own view another name."""
    required(name=name)
    held = db.session.scalars(sa.select(SavedView).where(SavedView.person_id == actor.person_id)).all()
    renamed = next((view for view in held if view.id == view_id), None)
    if renamed is None:
        raise NotFound
    refuse_stale(version, renamed.name, renamed.query)
    _refuse_taken(name, [view for view in held if view.id != view_id])
    update_where(SavedView, SavedView.id == view_id, name=name.strip())


@verb(events=0)
def delete_view(view_id: int, *, actor: Actor, version: int | None) -> None:
    """Forget one's own view."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.person_id != actor.person_id:
        raise NotFound
    refuse_stale(version, view.name, view.query)
    delete_where(SavedView, SavedView.id == view_id)


@verb
def record_export(*, actor: Actor, query: str, with_confidential: bool, reason: str) -> list[int]:
    """Put on record which requests of a filter (`query` is its address) leave as a file. Gives their ids.

    They are read here: the same press, sent again after the queue moved, names the same requests. Raises Invalid when
    confidential ones lack a reason.
    """
    _refuse_others(actor)
    leaving = queries.leaving(query, actor=actor, with_confidential=with_confidential)
    ids = [row.id for row in leaving]
    confidential = sum(row.marking == Marking.CONFIDENTIAL for row in leaving)
    if confidential:
        required(reason=reason)
    export = QueueExport(
        person_id=actor.person_id,
        query=query[:500],
        rows=len(ids),
        confidential=confidential,
        reason=reason.strip(),
    )
    db.session.add(export)
    db.session.flush()
    events.record(
        "assistance.exported",
        export,
        actor=actor,
        organisation_id=actor.organisation_id,
        also_about=(AssistanceRequest, ids),
        rows=len(ids),
        confidential=confidential,
    )
    return ids


def _refuse_taken(name: str, views: object) -> None:
    if any(view.name.casefold() == name.strip().casefold() for view in views):  # type: ignore[attr-defined]
        raise Invalid(fields={"name": lazy("You have a view of this name.")})


def _refuse_others(actor: Actor) -> None:
    if not actor.has(*REQUEST_READERS):
        raise Forbidden(Refusal("role", lazy("This page is for people with another role.")))
