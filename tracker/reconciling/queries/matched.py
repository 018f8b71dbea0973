"""What is compared: the entries of a source that have no step yet, and the steps."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database.transactions import delete_where
from tracker.extensions import db
from tracker.imports.models import ImportRun
from tracker.pledges.models import Act, FoundThere, PostingConfirmation
from tracker.reconciling.matching import Moved, Posted, folded
from tracker.reconciling.models import EntryMatch, FinanceEntry, FinanceSource
from tracker.reconciling.queries.ours import ours


def hold_source(source_id: int) -> None:
    """Wait, inside a verb, for whoever matches entries of this source; what they matched is seen."""
    db.session.execute(sa.select(FinanceSource.id).where(FinanceSource.id == source_id).with_for_update())


def sources_of(entry_ids: Collection[int]) -> list[int]:
    """The sources of these entries, in the order in which they are held."""
    e = FinanceEntry
    return list(db.session.scalars(sa.select(e.source_id).where(e.id.in_(entry_ids)).distinct().order_by(e.source_id)))


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


def free_of_reversed(source_id: int) -> None:
    """Forget that entries of a source are steps which were taken back: what was recorded instead is theirs."""
    reversal = aliased(Act)
    taken_back = sa.select(reversal.reverses_id).where(reversal.reverses_id.is_not(None))
    delete_where(EntryMatch, EntryMatch.source_id == source_id, EntryMatch.act_id.in_(taken_back))


def not_confirmed_yet(source_id: int) -> list[FoundThere]:
    """The steps that entries of a source are and agree with, of which nobody has said yet that they are true."""
    rows = (
        sa.select(EntryMatch.act_id, FinanceEntry.reference, ImportRun.by_id, EntryMatch.by_id.label("matched_by"))
        .join(FinanceEntry, FinanceEntry.id == EntryMatch.entry_id)
        .join(ImportRun, ImportRun.id == FinanceEntry.import_run_id)
        .outerjoin(PostingConfirmation, PostingConfirmation.act_id == EntryMatch.act_id)
        .where(EntryMatch.source_id == source_id, EntryMatch.agrees, PostingConfirmation.act_id.is_(None))
        .order_by(EntryMatch.act_id)
    )
    return [
        FoundThere(row.act_id, row.reference, frozenset(one for one in (row.by_id, row.matched_by) if one is not None))
        for row in db.session.execute(rows)
    ]
