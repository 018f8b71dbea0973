"""Steps of the ledger that no entry is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.models import Act
from tracker.pledges.queries.visible import keeps_from
from tracker.reconciling.models import EntryMatch, FinanceEntry, PostingRemark
from tracker.reconciling.policies import READERS
from tracker.reconciling.queries.ours import ours
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Posting:
    """A step here; `waits`: no entry is it, and nobody said why; `by` recorded it, `remarked_by` said why."""

    act_id: int
    act_public_id: uuid.UUID
    number: int
    name: str
    pledge_id: int
    pledge_public_id: uuid.UUID
    pledge_reference: str
    reference: str
    day: date
    amount_minor: int
    currency: str
    is_out: bool
    payee: str
    is_reversed: bool
    by: str = ""
    waits: bool = False
    remark: str | None = None
    remarked_by: str = ""
    remarked_at: datetime | None = None

    def says_the_same(self, entry: FinanceEntry) -> bool:
        """Whether direction, currency, amount and day are those of an entry, and it was not taken back."""
        here = self.is_out, self.currency, self.amount_minor, self.day
        return here == (entry.is_out, entry.currency, entry.amount_minor, entry.day) and not self.is_reversed


def posting_of(row: Any, **more: Any) -> Posting:
    """A step from a row of `ours`."""
    return Posting(
        *(row.act_id, row.act_public_id, row.number, row.name, row.pledge_id, row.pledge_public_id),
        *(row.pledge_reference, row.reference, row.day, int(row.amount_minor), row.currency, bool(row.is_out)),
        *(row.payee, bool(row.is_reversed)),
        **more,
    )


def first_and_last_day() -> sa.Select[*tuple[Any, ...]]:
    """From which day to which entries were read."""
    return sa.select(sa.func.min(FinanceEntry.day).label("first"), sa.func.max(FinanceEntry.day).label("last"))


def unmatched(*, only_waiting: bool, reader: Actor | None = None) -> sa.Select[*tuple[Any, ...]]:
    """Steps within the days that were read that no entry is, but those that were taken back; `only_waiting`: of which
    nobody said why; without what the `reader` may not know."""
    by, whose, days = aliased(Person), aliased(Person), first_and_last_day().subquery()
    no_entry = ~sa.exists().where(EntryMatch.act_id == Act.id)
    query = (
        ours()
        .add_columns(
            sa.func.coalesce(by.name, "").label("by"),
            PostingRemark.remark,
            PostingRemark.at.label("remarked_at"),
            sa.func.coalesce(whose.name, "").label("remarked_by"),
        )
        .join(days, sa.and_(Act.value_date >= days.c.first, Act.value_date <= days.c.last))
        .outerjoin(PostingRemark, PostingRemark.act_id == Act.id)
        .outerjoin(by, by.id == Act.actor_person_id)
        .outerjoin(whose, whose.id == PostingRemark.by_id)
    )
    reversal = aliased(Act)
    query = query.where(no_entry, ~sa.exists().where(reversal.reverses_id == Act.id))
    query = query.where(sa.not_(keeps_from(reader, Act.id))) if reader else query
    return query.where(PostingRemark.act_id.is_(None)) if only_waiting else query


def missing_there(actor: Actor, *, limit: int, after: int = 0) -> Sequence[Posting]:
    """Steps that wait for an entry, the earliest recorded first; at most `limit` + 1."""
    query = unmatched(only_waiting=True, reader=actor).where(Act.id > after).order_by(Act.id).limit(limit + 1)
    return [posting_of(row, by=row.by, waits=True) for row in db.session.execute(query)]


def get_posting(act_id: uuid.UUID, actor: Actor) -> Posting:
    """One step that no entry is, waiting or explained; NotFound."""
    row = db.session.execute(unmatched(only_waiting=False, reader=actor).where(Act.public_id == act_id)).one_or_none()
    if row is None or not actor.has(*READERS):
        raise NotFound
    said = {"remark": row.remark, "remarked_by": row.remarked_by, "remarked_at": row.remarked_at}
    return posting_of(row, by=row.by, waits=row.remark is None, **said)
