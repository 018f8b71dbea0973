"""Reading entries beside the steps of the ledger. No request and no person is named: a step is known by its pledge."""

from tracker.reconciling.queries.entries import (
    EntryRow,
    Listed,
    candidates,
    entries_of,
    get_entry,
)
from tracker.reconciling.queries.figures import Figures, figures, reconciled_until
from tracker.reconciling.queries.matched import (
    entries_without_a_step,
    free_of_reversed,
    hold_source,
    not_confirmed_yet,
    posted,
    sources_of,
)
from tracker.reconciling.queries.postings import Posting, get_posting, missing_there
from tracker.reconciling.queries.sources import find_source, get_source, source_choices, sources

__all__ = [
    "EntryRow",
    "Figures",
    "Listed",
    "Posting",
    "candidates",
    "entries_of",
    "entries_without_a_step",
    "figures",
    "find_source",
    "free_of_reversed",
    "get_entry",
    "get_posting",
    "get_source",
    "hold_source",
    "missing_there",
    "not_confirmed_yet",
    "posted",
    "reconciled_until",
    "source_choices",
    "sources",
    "sources_of",
]
