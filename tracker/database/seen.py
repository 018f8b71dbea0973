"""The version of a row that has none of its own: what it said when the page was opened, as a number in its form."""

import hashlib
import json
from typing import Any

from tracker.database.canonical import canonical
from tracker.errors import Stale
from tracker.languages.marking import lazy

_DIGITS = 10**9
"""A version has at most nine figures (see `web.forms.read_version`)."""


def version_of(*says: Any) -> int:
    """One number for these values and rows; others give another, but for one chance in a thousand million."""
    plain = canonical([_columns(value) for value in says])
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).digest()
    return int.from_bytes(digest[:8], "big") % _DIGITS


def _columns(value: Any) -> Any:
    table = getattr(value, "__table__", None)
    return {column.key: getattr(value, column.key) for column in table.columns} if table is not None else value


def refuse_stale(version: int | None, *says: Any) -> None:
    """Raise Stale when these values and rows, read in the act's transaction, are not those that the page showed. None:
    whoever acts has not opened a page."""
    if version is not None and version != version_of(*says):
        raise Stale(lazy("Somebody changed this while you had the page open."))
