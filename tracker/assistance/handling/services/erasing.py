"""Letting the content of a document go that should never have been handed in: one of the office proposes it, another
confirms it. Name, hash and reason stay, and the State reads the reason."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.assistance import erasures
from tracker.assistance.checked_request import load_for_action
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Attachment, Erasure
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict, NotFound
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.rights.actor import Actor


@verb
def propose_erasure(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, file_public_id: uuid.UUID, ground: str, reason: str
) -> int:
    """Propose that the content of one document goes; gives the proposal's id. Raises Conflict while one waits."""
    assistance_request = load_for_action(public_id, Action.PROPOSE_ERASURE, actor=actor, version=version)
    file = document(assistance_request, file_public_id)
    if waiting_erasure(assistance_request) is not None:
        raise Conflict(erasures.WAITS_ALREADY)
    proposed = erasures.propose(file, actor=actor, ground=ground, reason=reason, request_id=assistance_request.id)
    events.record(
        "assistance.erasure_proposed", assistance_request, actor=actor, erasure_id=proposed.id, file_id=file.id
    )
    return proposed.id


def document(assistance_request: AssistanceRequest, file_public_id: uuid.UUID) -> File:
    """A file that was handed in and is still there; the office's own papers are none. Raises NotFound."""
    own = sa.exists().where(Attachment.file_id == File.id, Attachment.internal)
    file = db.session.scalars(
        sa.select(File).where(
            File.public_id == file_public_id,
            File.subject_type == assistance_request.__event_subject__,
            File.subject_id == assistance_request.id,
            File.handed_in_at.is_not(None),
            File.erased_at.is_(None),
            ~own,
        )
    ).one_or_none()
    if file is None:
        raise NotFound
    return file


def waiting_erasure(assistance_request: AssistanceRequest) -> Erasure | None:
    """The removal that waits for a second person."""
    return db.session.scalars(
        sa.select(Erasure).where(
            Erasure.request_id == assistance_request.id, Erasure.confirmed_at.is_(None), Erasure.dropped_at.is_(None)
        )
    ).one_or_none()


@verb
def erase(public_id: uuid.UUID, *, actor: Actor, version: int | None, erasure: int) -> None:
    """Confirm what another person proposed: the content goes once this has been committed. `erasure` is the one the
    person read."""
    assistance_request = load_for_action(public_id, Action.ERASE, actor=actor, version=version)
    proposed = _proposed(assistance_request, erasure)
    erasures.end(proposed.id, file_id=proposed.file_id, confirmed_at=now(), confirmed_by_id=actor.person_id)
    files.erase(db.session.get_one(File, proposed.file_id))
    events.record(
        "assistance.document_erased", assistance_request, actor=actor, erasure_id=proposed.id, file_id=proposed.file_id
    )


@verb
def drop_erasure(public_id: uuid.UUID, *, actor: Actor, version: int | None, erasure: int) -> None:
    """Take the proposal back; the document stays as it is."""
    assistance_request = load_for_action(public_id, Action.DROP_ERASURE, actor=actor, version=version)
    proposed = _proposed(assistance_request, erasure)
    erasures.end(proposed.id, file_id=proposed.file_id, dropped_at=now())
    events.record("assistance.erasure_dropped", assistance_request, actor=actor, erasure_id=proposed.id)


def _proposed(assistance_request: AssistanceRequest, erasure: int) -> Erasure:
    proposed = waiting_erasure(assistance_request)
    if proposed is None or proposed.id != erasure:
        raise Conflict(erasures.ENDED)
    return proposed
