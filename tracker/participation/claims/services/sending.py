"""A claim is sent once whole, and taken back until the office begins."""

import uuid

from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.participation.claims.lifecycle import ClaimStep
from tracker.participation.claims.policies import ClaimAction
from tracker.participation.claims.services.keeping import recorded, to_do
from tracker.participation.papers.contents import HandedBy
from tracker.rights.actor import Actor


@verb
def send_claim(public_id: uuid.UUID, *, actor: Actor, version: int | None, by: HandedBy) -> str:
    """Send what is prepared, as its `version` says it; gives the seat's public id. Raises Conflict where the days are
    missing, Stale where something was added or taken out since."""
    found = to_do(public_id, ClaimAction.SEND, actor=actor, by=by)
    if found.draft is None or found.draft.row.first_day is None:
        raise Conflict(lazy("Enter first the days that you spent at the place of the session."))
    found.draft.row.step(ClaimStep.SEND, version=version, sent_at=now())
    return recorded("participation.claim_sent", found, actor)


@verb
def take_back_claim(public_id: uuid.UUID, *, actor: Actor, version: int | None, by: HandedBy) -> str:
    """Take back what was sent, until the office begins to look at it; gives the seat's public id."""
    found = to_do(public_id, ClaimAction.TAKE_BACK, actor=actor, by=by)
    if found.sent is None:
        raise Conflict(lazy("Nothing was sent."))
    found.sent.row.step(ClaimStep.TAKE_BACK, version=version, sent_at=None)
    return recorded("participation.claim_taken_back", found, actor)
