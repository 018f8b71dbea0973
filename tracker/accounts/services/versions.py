"""Two people who change the same row: the second one looks at it again."""

from typing import Any

from tracker.database.transactions import update_where
from tracker.errors import Stale
from tracker.languages.marking import lazy


def raise_version(model: Any, row: Any, version: int | None, *, theirs: dict[str, Any] | None = None) -> None:
    """Count the row's version up from the one the person saw. Raise Stale when somebody changed it since."""
    if not update_where(model, model.id == row.id, model.version == version, version=model.version + 1):
        raise Stale(lazy("Somebody else changed this meanwhile. Look at it as it is now."), theirs=theirs)
