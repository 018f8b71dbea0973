"""A row is known by its source and id and compared by its content, so that a run that is repeated changes nothing."""

import hashlib
import json
from typing import Any

from tracker.imports.report import Done, Finding, Report
from tracker.languages.marking import N_

Key = tuple[str, str]


def content_hash(*parts: Any) -> str:
    """The hash of a row's content, equal for equal content whatever the order of its columns."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


class Comparer:
    """Sorts rows into new, unchanged, duplicate and conflict; remembers those of the present file."""

    def __init__(self, standing: dict[Key, str | None], report: Report) -> None:
        self._standing = standing
        self._here: dict[Key, tuple[str, int]] = {}
        self._report = report

    def compare(self, key: Key, content: str, row: int) -> Done:
        """What becomes of the row; a duplicate or a conflict is remarked in the report."""
        if key in self._here:
            return self._again(key, content, row)
        self._here[key] = (content, row)
        if key not in self._standing:
            return Done.IMPORTED
        if self._standing[key] == content:
            return Done.UNCHANGED
        reason = N_("The id was imported before from “%(source)s” with other content; what stands was not changed.")
        self._report.remark(Finding(row, "id", reason, Done.CONFLICT, {"source": key[0]}, key[1]))
        return Done.CONFLICT

    def _again(self, key: Key, content: str, row: int) -> Done:
        first, first_row = self._here[key]
        if first == content:
            done, reason = Done.DUPLICATE, N_("The same row stands at %(row)d.")
        else:
            done, reason = Done.CONFLICT, N_("The id is used at %(row)d with other content; the first was taken.")
        self._report.remark(Finding(row, "id", reason, done, {"row": first_row}, key[1]))
        return done
