"""Entries with the steps that they are, or could be."""

import enum
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.models import Act
from tracker.pledges.queries.visible import keeps_from
from tracker.reconciling.matching import How
from tracker.reconciling.models import EntryMatch, FinanceEntry, FinanceSource
from tracker.reconciling.policies import READERS
from tracker.reconciling.queries.ours import ours
from tracker.reconciling.queries.postings import Posting, posting_of
from tracker.rights.actor import Actor

E = FinanceEntry
NEAR = timedelta(days=7)
MOST_CANDIDATES = 20


class Listed(enum.StrEnum):
    """The lists of entries and steps."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    DIFFERING = "differing"
    DONE = "done"


def _reversed() -> sa.ColumnElement[bool]:
    reversal = Act.__table__.alias()
    return sa.exists().where(reversal.c.reverses_id == EntryMatch.act_id)


HAS_STEP = sa.exists().where(EntryMatch.entry_id == E.id).correlate(E)
DISAGREES = sa.exists().where(EntryMatch.entry_id == E.id, sa.or_(~EntryMatch.agrees, _reversed())).correlate(E)
CONDITIONS = {
    Listed.MISSING_HERE: sa.and_(E.remark.is_(None), ~HAS_STEP),
    Listed.DIFFERING: sa.and_(E.remark.is_(None), DISAGREES),
    Listed.DONE: sa.or_(E.remark.is_not(None), sa.and_(HAS_STEP, ~DISAGREES)),
}
WAITS = sa.or_(CONDITIONS[Listed.MISSING_HERE], CONDITIONS[Listed.DIFFERING])


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with its source; `matches` are the steps that it is, each with by what it was found; `remarked_by` is
    who said why it does not agree."""

    entry: FinanceEntry
    source: str
    waits: bool
    remarked_by: str
    matches: tuple[tuple[Posting, str], ...]

    @property
    def is_said(self) -> bool:
        """Whether a person said why it does not agree, or which step it is."""
        return self.entry.remark is not None or any(how == How.PERSON for _step, how in self.matches)


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    """Entries but those that are steps of which the actor may not know."""
    return ~sa.exists().where(EntryMatch.entry_id == E.id, keeps_from(actor, EntryMatch.act_id)).correlate(E)


def _rows(query: sa.Select[Any]) -> list[EntryRow]:
    found = db.session.execute(query.execution_options(populate_existing=True)).all()
    steps: dict[int, list[tuple[Posting, str]]] = defaultdict(list)
    ids = [row[0].id for row in found]
    of_these = ours().add_columns(EntryMatch.entry_id, EntryMatch.how).join(EntryMatch, EntryMatch.act_id == Act.id)
    for row in db.session.execute(of_these.where(EntryMatch.entry_id.in_(ids)).order_by(Act.id)) if ids else ():
        steps[row.entry_id].append((posting_of(row), row.how))
    return [EntryRow(row[0], row[1], bool(row[2]), row[3], tuple(steps[row[0].id])) for row in found]


def _select() -> sa.Select[*tuple[Any, ...]]:
    waits = sa.case((WAITS, sa.true()), else_=sa.false())
    return (
        sa.select(E, FinanceSource.name, waits, sa.func.coalesce(Person.name, ""))
        .join(FinanceSource, FinanceSource.id == E.source_id)
        .outerjoin(Person, Person.id == E.remarked_by_id)
    )


def entries_of(listed: Listed, actor: Actor, *, limit: int, after: int = 0) -> Sequence[EntryRow]:
    """The entries of a list, the earliest read first; at most `limit` + 1, two statements."""
    return _rows(_select().where(CONDITIONS[listed], E.id > after, _readable(actor)).order_by(E.id).limit(limit + 1))


def get_entry(public_id: uuid.UUID, actor: Actor) -> EntryRow:
    """One entry; NotFound."""
    rows = _rows(_select().where(E.public_id == public_id, _readable(actor))) if actor.has(*READERS) else []
    if not rows:
        raise NotFound
    return rows[0]


def candidates(entry: FinanceEntry, actor: Actor) -> list[Posting]:
    """Steps that an entry could be, which none of its source is yet: under its reference, or the same amount a few days
    apart; at most twenty, those under its reference first."""
    taken = sa.exists().where(EntryMatch.act_id == Act.id, EntryMatch.source_id == entry.source_id)
    step = ours().where(~taken, sa.not_(keeps_from(actor, Act.id))).subquery()
    reference = sa.func.replace(step.c.reference, " ", "")
    alike = (
        step.c.is_out == entry.is_out,
        step.c.currency == entry.currency,
        step.c.amount_minor == entry.amount_minor,
        step.c.day.between(entry.day - NEAR, entry.day + NEAR),
    )
    # SQLite lowers ASCII only: what has other letters is found as it is written there.
    as_written = reference == "".join(entry.reference.split())
    same = sa.or_(sa.func.lower(reference) == entry.folded, as_written) if entry.folded else sa.false()
    query = sa.select(step).where(sa.or_(same, sa.and_(*alike))).order_by(sa.case((same, 0), else_=1), step.c.act_id)
    query = query.limit(MOST_CANDIDATES)
    return [posting_of(row) for row in db.session.execute(query)]
