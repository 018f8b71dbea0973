"""What pages of papers ask of their reader."""

from tracker.triage.papers.kinds import keeps
from tracker.web.access import current_actor


def keeps_papers(kind: str) -> bool:
    """Whether the reader may remove the content of such papers, together with a second person."""
    return keeps(current_actor(), kind)
