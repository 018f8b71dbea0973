"""What an officer does with a message beside answering it in words: give the time, say why not, say that it needs no
answer."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import load_for_action
from tracker.assistance.conflicts import ANSWERED_ALREADY
from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import KINDS, MessageKind, Side, may_rest
from tracker.assistance.messages import queries
from tracker.assistance.messages.services.putting import note_answers, put
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.required_texts import needed
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

REFUSABLE = (MessageKind.MORE_TIME, MessageKind.AMENDMENT)
"""Messages that an officer grants or says why not."""


@verb
def give_time(
    public_id: uuid.UUID, message_id: uuid.UUID, *, actor: Actor, version: int | None, body: str = ""
) -> None:
    """Say yes to more time: the clock of the answer takes the day that was asked for, the day before stays shown."""
    request, asked = _to_answer(public_id, message_id, actor, version)
    must_be(asked, MessageKind.MORE_TIME)
    before = clocks.give_until(request, "answer", asked.day)
    facts = {"body": body, "day": asked.day, "day_before": before}
    _answer(request, asked, MessageKind.TIME_GIVEN, actor, told={"day": asked.day, "day_before": before}, **facts)


@verb
def refuse_message(
    public_id: uuid.UUID, message_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str
) -> None:
    """Say why more time is not given or an amendment not prepared; the State reads it."""
    request, asked = _to_answer(public_id, message_id, actor, version)
    must_be(asked, *REFUSABLE)
    _answer(request, asked, MessageKind.REFUSED, actor, body=needed(reason))


@verb
def needs_no_answer(public_id: uuid.UUID, message_id: uuid.UUID, *, actor: Actor) -> None:
    """Say that a message needs no answer; the State reads that."""
    request, asked = _to_answer(public_id, message_id, actor, None)
    if not may_rest(asked.kind, request.status):
        raise Conflict(lazy("This message has to be answered."))
    _answer(request, asked, MessageKind.NO_ANSWER, actor)


def must_be(message: Any, *kinds: MessageKind) -> None:
    """Raise Conflict for a message of another kind, and for one that was answered."""
    if message.kind not in kinds or message.owed_by != Side.OFFICE:
        raise Conflict(lazy("This is not asked for by this message."))
    if message.answer_id is not None:
        raise Conflict(ANSWERED_ALREADY)


def _to_answer(
    public_id: uuid.UUID, message_id: uuid.UUID, actor: Actor, version: int | None
) -> tuple[AssistanceRequest, Any]:
    request = load_for_action(public_id, Action.ANSWER_MESSAGE, actor=actor, version=version)
    asked = queries.message_of(request, message_id)
    must_be(asked, *MessageKind)
    return request, asked


def _answer(
    request: AssistanceRequest,
    asked: Any,
    kind: MessageKind,
    actor: Actor,
    told: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    answer = put(request, kind, actor=actor, answers=[asked.id], **facts)
    if not note_answers([asked.id], answer):
        raise Conflict(ANSWERED_ALREADY)
    events.record(
        str(KINDS[kind].events[Side.OFFICE]),
        request,
        actor=actor,
        message_id=answer.id,
        writer_ids=[asked.written_by_id],
        **(told or {}),
    )
