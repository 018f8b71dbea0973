"""The removal of a document's content by two persons, whatever it belongs to: one proposes it, another confirms it or
somebody drops it."""

from typing import Any

from tracker.assistance.lifecycle import ERASURE_GROUNDS
from tracker.assistance.models import Erasure
from tracker.assistance.required_texts import needed
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.files.models import File
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

ENDED = lazy("This removal was confirmed or dropped already.")
WAITS_ALREADY = lazy("A removal waits for a second person already: confirm it or drop it first.")


def propose(file: File, *, actor: Actor, ground: str, reason: str, request_id: int | None = None) -> Erasure:
    """Write down what is proposed, with its id; inside a verb. Raises Invalid without a ground or a reason."""
    if ground not in ERASURE_GROUNDS:
        raise Invalid(fields={"ground": lazy("Choose why it has to go.")})
    proposed = Erasure(
        request_id=request_id,
        file_id=file.id,
        ground=ground,
        reason=needed(reason),
        language=actor.language,
        proposed_by_id=actor.person_id,
    )
    db.session.add(proposed)
    db.session.flush()
    return proposed


def end(erasure_id: int, *, file_id: int, **facts: Any) -> None:
    """Confirm or drop: whichever comes first, the other finds nothing left to change. Raises Conflict then."""
    still_waits = Erasure.confirmed_at.is_(None), Erasure.dropped_at.is_(None)
    if not update_where(Erasure, Erasure.id == erasure_id, Erasure.file_id == file_id, *still_waits, **facts):
        raise Conflict(ENDED)
