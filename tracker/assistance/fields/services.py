"""Documents of a request: added to a draft or to an answer about the documents, and gone again from there. What was
handed in is replaced by a later version or struck out, with a reason, and stays readable."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance import queries
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.models import AssistanceRequest, Attachment
from tracker.assistance.policies import RULES
from tracker.assistance.required_texts import needed
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal, authorize

MOST = 20
"""Documents of one request that count."""
HANDED_IN = lazy("This document was handed in: replace it by a later version or strike it out.")


@verb
def attach(public_id: uuid.UUID, *, actor: Actor, upload: Any, label: str = "", name: str | None = None) -> int:
    """Add a document; gives its id. A bare stream needs its `name`. Raises Invalid for a kind that is not taken."""
    request = queries.get_visible(public_id, actor)
    _authorize(actor, request)
    _leave_room(request)
    file = files.put(upload, actor=actor, subject=request, name=name, handed_in=False)
    attachment = Attachment(request_id=request.id, file_id=file.id, label=label, added_by_id=actor.person_id)
    db.session.add(attachment)
    events.record("assistance.edited", request, actor=actor, step="documents", file_id=file.id)
    return attachment.id


def _leave_room(request: AssistanceRequest) -> None:
    standing = Attachment.request_id == request.id, ~Attachment.internal, Attachment.struck_at.is_(None)
    if (db.session.scalar(sa.select(sa.func.count()).where(*standing)) or 0) >= MOST:
        raise Invalid(fields={"file": lazy("A request takes %(most)d documents at most.", most=MOST)})


@verb
def detach(public_id: uuid.UUID, *, actor: Actor, file_public_id: uuid.UUID) -> None:
    """Remove a document that was not handed in yet. Raises Conflict for one that was."""
    request = queries.get_visible(public_id, actor)
    _authorize(actor, request)
    attachment, file = _document(request, file_public_id)
    if file.handed_in_at is not None:
        raise Conflict(HANDED_IN)
    db.session.delete(attachment)
    db.session.flush()
    files.remove(file)
    events.record("assistance.edited", request, actor=actor, step="documents", removed_file_id=file.id)


def _document(request: AssistanceRequest, file_public_id: uuid.UUID) -> tuple[Attachment, File]:
    """A document of the request with its file. Raises NotFound; the office's own papers are none."""
    row = db.session.execute(
        sa.select(Attachment, File)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.request_id == request.id, ~Attachment.internal, File.public_id == file_public_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def hand_in(request: AssistanceRequest) -> None:
    """Whatever the State has added is handed in now, with the request or with its answers."""
    mine = sa.select(Attachment.file_id).where(Attachment.request_id == request.id, ~Attachment.internal)
    files.hand_in(list(db.session.scalars(mine)))


@verb
def strike_document(public_id: uuid.UUID, *, actor: Actor, file_public_id: uuid.UUID, reason: str) -> None:
    """Say that a document that was handed in no longer counts; both sides still read it, and why."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.STRIKE_DOCUMENT, actor, rule_facts_of(request.id))
    attachment, file = _document(request, file_public_id)
    _strike(attachment, file, reason, actor=actor)
    events.record("assistance.document_struck", request, actor=actor, file_id=file.id)


@verb
def replace_document(
    public_id: uuid.UUID, *, actor: Actor, file_public_id: uuid.UUID, upload: Any, reason: str, name: str | None = None
) -> int:
    """Hand in a later version of a document; the earlier one stays readable beside it. Gives the new one's id."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.REPLACE_DOCUMENT, actor, rule_facts_of(request.id))
    attachment, file = _document(request, file_public_id)
    later = files.put(upload, actor=actor, subject=request, name=name)
    new = Attachment(
        request_id=request.id, file_id=later.id, label=attachment.label, added_by_id=actor.person_id, added_at=now()
    )
    db.session.add(new)
    db.session.flush()
    _strike(attachment, file, reason, actor=actor, replaced_by_id=new.id)
    events.record("assistance.document_replaced", request, actor=actor, file_id=file.id, later_file_id=later.id)
    return new.id


def _strike(attachment: Attachment, file: File, reason: str, *, actor: Actor, **more: int) -> None:
    """One UPDATE decides who of two comes first. Raises Conflict for what is struck out already or still a draft."""
    if file.handed_in_at is None:
        raise Conflict(lazy("This document was not handed in yet: it can be removed."))
    changed = update_where(
        Attachment,
        Attachment.id == attachment.id,
        Attachment.struck_at.is_(None),
        struck_at=now(),
        struck_by_id=actor.person_id,
        strike_reason=needed(reason),
        strike_language=actor.language,
        **more,
    )
    if not changed:
        raise Conflict(lazy("This document was struck out or replaced already."))


def _authorize(actor: Actor, request: AssistanceRequest) -> None:
    """A draft is open for documents; afterwards only a question about them opens the request for more."""
    if request.status != Status.CLARIFICATION:
        return authorize(RULES, Action.EDIT, actor, rule_facts_of(request.id))
    authorize(RULES, Action.ANSWER, actor, rule_facts_of(request.id).with_changes(()))
    asked = queries.open_clarification(request)
    if asked is None or all(question.field != "attachments" for question in asked.questions):
        raise Forbidden(Refusal("not_asked", lazy("The office did not ask about the documents.")))
    return None
