"""Writing how files are read, their entries, what they were matched with, and why they differ."""

from tracker.reconciling.services.answering import explain_entry, explain_posting, match_by_person, reopen_entry
from tracker.reconciling.services.comparing import compare_again
from tracker.reconciling.services.reading import end_entries, examine, import_entries, take_entries
from tracker.reconciling.services.sources import Said, save_source

__all__ = [
    "Said",
    "compare_again",
    "end_entries",
    "examine",
    "explain_entry",
    "explain_posting",
    "import_entries",
    "match_by_person",
    "reopen_entry",
    "save_source",
    "take_entries",
]
