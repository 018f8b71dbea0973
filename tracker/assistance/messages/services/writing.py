"""Words and papers from either side; words answer what the other side has said before."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance.checked_request import load_for_action
from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import IN_WORDS, KINDS, MessageKind
from tracker.assistance.messages import queries
from tracker.assistance.messages.services.putting import note_answers, paper_of, put, side_of
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.files.kinds import DOCUMENTS
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@verb
def write_message(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    body: str,
    kind: MessageKind = MessageKind.MESSAGE,
    upload: Any = None,
    answering: bool = True,
    seen: uuid.UUID | None = None,
) -> str:
    """Tell the other side something, with a paper when there is one. Gives the message's public id.

    It answers what the other side has said in words and nobody has answered, unless `answering` is False; `seen` is
    the newest message that the writer had before their eyes: what came later is not answered by it. Raises Invalid
    without words, for a kind that the actor's side does not write, and for a paper that is not taken.
    """
    request = load_for_action(public_id, Action.WRITE_MESSAGE, actor=actor, version=None)
    side = side_of(actor)
    if KINDS[kind].action is not Action.WRITE_MESSAGE or side not in KINDS[kind].events:
        raise Invalid(fields={"kind": lazy("Choose what you want to say.")})
    if kind is MessageKind.PAPER and not upload:
        raise Invalid(fields={"file": lazy("Choose the file.")})
    waiting = queries.owed(request, side, IN_WORDS, seen) if answering else []
    message = put(
        request,
        kind,
        actor=actor,
        body=body,
        answers=[] if kind is MessageKind.ANSWER_WANTED else [row.id for row in waiting],
        file_id=paper_of(request, upload, actor=actor, kinds=DOCUMENTS),
    )
    note_answers([row.id for row in waiting], message)
    events.record(
        str(KINDS[kind].events[side]),
        request,
        actor=actor,
        message_id=message.id,
        writer_ids=sorted({row.written_by_id for row in waiting}),
    )
    return str(message.public_id)
