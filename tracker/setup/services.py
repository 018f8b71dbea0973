"""Writing the marks of an installation."""

from datetime import UTC, datetime

from tracker.database.transactions import transaction
from tracker.setup.models import Mark


def mark(name: str) -> None:
    """Say that it is so now (by the real clock, even where a demonstration shifts ours)."""
    with transaction() as session:
        session.merge(Mark(name=name, at=datetime.now(UTC)))
