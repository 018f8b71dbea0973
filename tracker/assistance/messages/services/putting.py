"""Putting one message on a request, and noting which messages it answers. Every function writes and must be called
inside a verb."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.assistance.message_kinds import KINDS, MessageKind, Side, owed_by
from tracker.assistance.models import AssistanceRequest, Message, MessageAnswer
from tracker.assistance.required_texts import needed
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files import services as files
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

MOST_PAPERS = 100
"""Papers that come with the messages of one request."""


def side_of(actor: Actor) -> Side:
    """For which side the actor writes."""
    return Side.OFFICE if actor.is_staff else Side.STATE


def put(
    assistance_request: AssistanceRequest,
    kind: MessageKind,
    *,
    actor: Actor,
    body: str = "",
    answers: Collection[int] = (),
    **facts: Any,
) -> Message:
    """Keep a message with its facts. What answers another message asks for no answer itself."""
    side = side_of(actor)
    message = Message(
        request_id=assistance_request.id,
        kind=kind,
        side=side,
        owed_by=None if answers else owed_by(kind, side),
        body=body.strip() if KINDS[kind].silent else needed(body, "body"),
        language=actor.language,
        written_by_id=actor.person_id,
        **facts,
    )
    db.session.add(message)
    db.session.flush()
    return message


def paper_of(assistance_request: AssistanceRequest, upload: Any, *, actor: Actor, **limits: Any) -> int | None:
    """The id of the file that comes with a message, after the checks that every paper of a request passes."""
    if not upload:
        return None
    count = sa.select(sa.func.count()).where(Message.request_id == assistance_request.id, Message.file_id.is_not(None))
    if (db.session.scalar(count) or 0) >= MOST_PAPERS:
        raise Invalid(
            fields={"file": lazy("At most %(most)d papers can come with messages of one request.", most=MOST_PAPERS)}
        )
    return files.put(upload, actor=actor, subject=assistance_request, **limits).id


def note_answers(message_ids: Collection[int], answer: Message) -> int:
    """Note that these messages were answered; gives how many were not before. Of two answers at once one counts."""
    noted = 0
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    for message_id in sorted(message_ids):
        row = insert(MessageAnswer).values(message_id=message_id, answer_id=answer.id)
        added = row.on_conflict_do_nothing().returning(MessageAnswer.message_id)
        noted += db.session.scalar(added) is not None
    return noted
