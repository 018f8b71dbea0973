"""Entries of the finance system as a kind of record on the import page."""

from collections.abc import Sequence

import sqlalchemy as sa

from tracker.database.transactions import delete_where
from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.pledges.services import forget_confirmations_by_entries
from tracker.reconciling import imports, queries, services
from tracker.reconciling.models import EntryMatch, FinanceEntry
from tracker.reconciling.policies import RECONCILERS
from tracker.reconciling.services.reading import WHAT
from tracker.rights.actor import Actor


def _forget_matches(ids: Sequence[int], _actor: Actor) -> None:
    """What only these entries say is not said any more; nobody matches meanwhile."""
    for source_id in queries.sources_of(ids):
        queries.hold_source(source_id)
    of_others = sa.select(EntryMatch.act_id).where(EntryMatch.entry_id.not_in(ids), EntryMatch.agrees)
    theirs = sa.select(EntryMatch.act_id).where(EntryMatch.entry_id.in_(ids), EntryMatch.act_id.not_in(of_others))
    forget_confirmations_by_entries(theirs)
    delete_where(EntryMatch, EntryMatch.entry_id.in_(ids))


ENTRIES = Kind(
    WHAT,
    N_("Entries of the finance system or its bank"),
    N_(
        "Entries of the finance system (CSV or XLSX, by the headings that are recorded for it) or of its bank "
        "(camt.053): each is matched with a receipt or payment here."
    ),
    lands=N_(
        "The entries are kept and matched with what is recorded here. No money moves: what is missing or differs "
        "stands in a list until it is mended or somebody says why."
    ),
    whose=N_("System"),
    roles=RECONCILERS,
    read=imports.read,
    examine=services.examine,
    take_over=services.import_entries,
    end=services.end_entries,
    model=FinanceEntry,
    parts=(EntryMatch,),
    forget=_forget_matches,
    sources=queries.source_choices,
)
