"""Documents of a request: handed in with a draft or with an answer about the documents."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance import queries
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.models import AssistanceRequest, Attachment
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.database.verbs import verb
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal, authorize

MOST = 20
"""Documents of one request."""


@verb
def attach(public_id: uuid.UUID, *, actor: Actor, upload: Any, label: str = "", name: str | None = None) -> int:
    """Add a document; gives its id. A bare stream needs its `name`. Raises Invalid for a kind that is not taken."""
    request = queries.get_visible(public_id, actor)
    _authorize(actor, request)
    count = sa.select(sa.func.count()).where(Attachment.request_id == request.id, ~Attachment.internal)
    if (db.session.scalar(count) or 0) >= MOST:
        raise Invalid(fields={"file": lazy("A request takes %(most)d documents at most.", most=MOST)})
    file = files.put(upload, actor=actor, subject=request, name=name)
    attachment = Attachment(request_id=request.id, file_id=file.id, label=label, added_by_id=actor.person_id)
    db.session.add(attachment)
    events.record("assistance.edited", request, actor=actor, step="documents", file_id=file.id)
    return attachment.id


@verb
def detach(public_id: uuid.UUID, *, actor: Actor, file_public_id: uuid.UUID) -> None:
    """Remove a document again."""
    request = queries.get_visible(public_id, actor)
    _authorize(actor, request)
    row = db.session.execute(
        sa.select(Attachment, File)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.request_id == request.id, ~Attachment.internal, File.public_id == file_public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    attachment, file = row
    db.session.delete(attachment)
    db.session.flush()
    files.remove(file)
    events.record("assistance.edited", request, actor=actor, step="documents", removed_file_id=file.id)


def _authorize(actor: Actor, request: AssistanceRequest) -> None:
    """A draft is open for documents; afterwards only a question about them opens the request for more."""
    if request.status != Status.CLARIFICATION:
        return authorize(RULES, Action.EDIT, actor, rule_facts_of(request.id))
    authorize(RULES, Action.ANSWER, actor, rule_facts_of(request.id).with_changes(()))
    asked = queries.open_clarification(request)
    if asked is None or all(question.field != "attachments" for question in asked.questions):
        raise Forbidden(Refusal("not_asked", lazy("The office did not ask about the documents.")))
    return None
