"""Papers are opened for a reason that the delegate reads, and shown once."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers import queries
from tracker.participation.papers.lifecycle import Paper, PaysBy
from tracker.participation.papers.models import DelegatePapers, PaperOpening
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.queries import PapersOf
from tracker.participation.papers.services.keeping import COLUMNS, holder_of, must_be_as_seen, place_of, recorded
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.sealing.services import mark, unseal

SHOWN_WITHIN = timedelta(minutes=5)
"""How long after the reason was given papers can be shown, once."""


@verb
def open_papers(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, papers: Collection[str], reason: str
) -> int:
    """Write down that the actor opens these papers, and why; gives the opening, which `show_once` shows."""
    hold_requests({queries.get(public_id, actor).journey.request.id})
    found = queries.get(public_id, actor)
    authorize(RULES, PapersAction.OPEN, actor, queries.facts_of(found))
    must_be_as_seen(found, version)
    problems: dict[str, Any] = {}
    chosen = [paper.value for paper in Paper if paper in papers and paper in found.handed_in]
    if not chosen or len(chosen) < len(set(papers)):
        problems["papers"] = lazy("Choose what to open, of what was handed in.")
    if not shown(reason):
        problems["reason"] = lazy("Give the reason in a few words.")
    if problems:
        raise Invalid(fields=problems)
    return write_opening(found, found.journey.person.id, chosen, reason, actor)


def write_opening(found: PapersOf, delegate_id: int, opened: list[str], reason: str, actor: Actor) -> int:
    """Write down who opens what of whom and why, and record it; gives the opening."""
    opening = PaperOpening(
        delegate_id=delegate_id, papers=opened, opened_by_id=actor.person_id or 0, reason=reason.strip()
    )
    db.session.add(opening)
    db.session.flush()
    traced = {"delegate_ids": [delegate_id], "opening_id": opening.id, "reason_mark": mark(opening.reason)}
    recorded("participation.papers_opened", found, actor, papers=opened, **traced)
    return opening.id


def show_once(opening_id: int, *, actor: Actor) -> dict[Paper, dict[str, Any]]:
    """What was opened, to whoever opened it, the first time that it is asked. Raises Conflict afterwards."""
    with transaction():
        opening = shown_now(opening_id, actor)
        return contents_of(opening.delegate_id, [Paper(name) for name in opening.papers])


def shown_now(opening_id: int, actor: Actor) -> PaperOpening:
    """The opening, which is being shown. In a transaction; raises Conflict where it was shown, or is too old."""
    mine = PaperOpening.id == opening_id, PaperOpening.opened_by_id == actor.person_id
    fresh = PaperOpening.shown_at.is_(None), PaperOpening.opened_at > now() - SHOWN_WITHIN
    if not update_where(PaperOpening, *mine, *fresh, shown_at=now()):
        raise Conflict(lazy("This was shown already, or its time is over. Give a reason again to read it again."))
    return db.session.scalars(sa.select(PaperOpening).where(*mine)).one()


def contents_of(delegate_id: int, papers: Collection[Paper]) -> dict[Paper, dict[str, Any]]:
    """What is in these papers of somebody, by field. Raises Erased, and Unreadable (`sealing.services.unseal`)."""
    columns = [getattr(DelegatePapers, COLUMNS[paper]) for paper in papers]
    mine = sa.select(DelegatePapers.pays_by, *columns).where(DelegatePapers.delegate_id == delegate_id)
    pays_by, *sealed = db.session.execute(mine).one()
    found: dict[Paper, dict[str, Any]] = {}
    for paper, text in zip(papers, sealed, strict=True):
        if text is not None:
            found[paper] = unseal(place_of(COLUMNS[paper], delegate_id), holder_of(delegate_id), text)
        elif paper is Paper.PAYMENT and pays_by == PaysBy.ARRIVAL:
            found[paper] = {"by": PaysBy.ARRIVAL.value}
    return found
