"""Letting the content of a paper go that stands outside requests: one of its keepers proposes it, another confirms it.
Name, hash and reason stay."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance import erasures
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.triage.papers.kinds import KINDS
from tracker.triage.papers.policies import RULES, Action
from tracker.triage.papers.queries import Paper, get_paper


@verb
def propose_removal(file_id: uuid.UUID, *, actor: Actor, ground: str, reason: str) -> int:
    """Propose that the content of a paper goes; gives the proposal's id."""
    paper = get_paper(file_id, actor)
    authorize(RULES, Action.PROPOSE, actor, paper.facts)
    proposed = erasures.propose(paper.file, actor=actor, ground=ground, reason=reason)
    _record(paper, "erasure_proposed", actor, erasure_id=proposed.id)
    return proposed.id


@verb
def confirm_removal(file_id: uuid.UUID, *, actor: Actor, erasure: int) -> None:
    """Confirm what another person proposed: the content goes once this has been committed. `erasure` is the one the
    person read."""
    paper = get_paper(file_id, actor)
    authorize(RULES, Action.CONFIRM, actor, paper.facts)
    erasures.end(erasure, file_id=paper.file.id, confirmed_at=now(), confirmed_by_id=actor.person_id)
    KINDS[paper.file.subject_type or ""].forget(paper.file)
    _record(paper, "erased", actor, erasure_id=erasure)


@verb
def drop_removal(file_id: uuid.UUID, *, actor: Actor, erasure: int) -> None:
    """Take the proposal back; the paper stays as it is."""
    paper = get_paper(file_id, actor)
    authorize(RULES, Action.DROP, actor, paper.facts)
    erasures.end(erasure, file_id=paper.file.id, dropped_at=now())
    _record(paper, "erasure_dropped", actor, erasure_id=erasure)


def _record(paper: Paper, what: str, actor: Actor, **data: Any) -> None:
    kind = KINDS[paper.file.subject_type or ""]
    events.record(f"{kind.event}_{what}", paper.owner, actor=actor, file_id=paper.file.id, **data)
