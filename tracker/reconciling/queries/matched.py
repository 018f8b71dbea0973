"""What is compared: the entries of a source that have no step yet, and the steps."""

from collections.abc import Sequence

import sqlalchemy as sa

from tracker.extensions import db
from tracker.imports.runs import CHUNK
from tracker.reconciling.matching import Moved, Posted, folded
from tracker.reconciling.models import EntryMatch, FinanceEntry, FinanceSource
from tracker.reconciling.queries.ours import ours


def hold_source(source_id: int) -> None:
    """Wait, inside a verb, for whoever matches entries of this source; what they matched is seen."""
    db.session.execute(sa.select(FinanceSource.id).where(FinanceSource.id == source_id).with_for_update())


def entries_without_a_step(source_id: int) -> list[Moved]:
    """The entries of a source that are nothing here, and of which nobody said why."""
    e = FinanceEntry
    has_one = sa.exists().where(EntryMatch.entry_id == e.id)
    columns = e.id, e.folded, e.day, e.amount_minor, e.currency, e.is_out, e.payee
    waiting = e.source_id == source_id, e.remark.is_(None), ~has_one
    return [Moved(*row) for row in db.session.execute(sa.select(*columns).where(*waiting).order_by(e.id))]


def posted(source_id: int) -> list[Posted]:
    """The steps that a finance system knows, each with whether it is an entry of this source already."""
    taken = set(db.session.scalars(sa.select(EntryMatch.act_id).where(EntryMatch.source_id == source_id)))
    return [
        Posted(
            row.act_id,
            folded(row.reference),
            row.day,
            int(row.amount_minor),
            row.currency,
            bool(row.is_out),
            row.payee,
            is_reversed=bool(row.is_reversed),
            is_matched=row.act_id in taken,
        )
        for row in db.session.execute(ours().order_by(sa.text("act_id")))
    ]


def references_of(entry_ids: Sequence[int]) -> dict[int, str]:
    """The references of these entries."""
    found: dict[int, str] = {}
    for start in range(0, len(entry_ids), CHUNK):
        some = sa.select(FinanceEntry.id, FinanceEntry.reference)
        some = some.where(FinanceEntry.id.in_(entry_ids[start : start + CHUNK]))
        found |= {row.id: row.reference for row in db.session.execute(some)}
    return found
