"""What an import says of each row: where, why, and what was done about it."""

import csv
import dataclasses
import enum
import io
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.files.csv_cells import as_text
from tracker.languages.marking import N_


class Done(enum.StrEnum):
    """What became of a row."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"  # the same row was imported before
    DUPLICATE = "duplicate"  # the same row stands twice in the file
    CONFLICT = "conflict"  # its id is known with other content; the first stands
    SKIPPED = "skipped"  # it breaks a rule
    UNKNOWN = "unknown"  # it is about nobody and nothing that is known here
    CHANGED = "changed"  # imported, but not exactly as written
    EXPECTED = "expected"  # no row: what should be in the file and is not


DONE_LABELS = {
    Done.IMPORTED: N_("imported"),
    Done.UNCHANGED: N_("was there already, unchanged"),
    Done.DUPLICATE: N_("stands twice in the file, taken once"),
    Done.CONFLICT: N_("not taken: it stands with other content"),
    Done.SKIPPED: N_("not taken"),
    Done.UNKNOWN: N_("not taken: not known here"),
    Done.CHANGED: N_("taken with a change"),
    Done.EXPECTED: N_("expected, and not in the file"),
}


_LEFT_OUT = N_("There are %(left)d more remarks. Correct these first, or split the file.")
_SAMPLES = 5
_COLUMNS = (N_("Row"), "id", N_("Field"), N_("Reason"), N_("What was done"))


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one row, or (row 0) on what no row says. `reason` is a message id with `values`, so that each
    reader gets their language."""

    row: int
    field: str
    reason: str
    done: Done
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    source_id: str = ""


class Remarks:
    """What is said of one row: every fault, one for each field; of a row without a fault, every change."""

    def __init__(self, row: int, source_id: str) -> None:
        self._row, self._source_id = row, source_id
        self._faults: dict[str, Finding] = {}
        self._changes: dict[tuple[str, str], Finding] = {}

    def fault(self, field: str, reason: str, **values: Any) -> None:
        """The row cannot be taken because of this field; the first fault of a field is the one that is told."""
        self._faults.setdefault(field, self._finding(field, reason, Done.SKIPPED, values))

    def change(self, field: str, reason: str, **values: Any) -> None:
        """The field is taken, but not exactly as written."""
        self._changes.setdefault((field, reason), self._finding(field, reason, Done.CHANGED, values))

    def _finding(self, field: str, reason: str, done: Done, values: dict[str, Any]) -> Finding:
        return Finding(self._row, field, reason, done, values, self._source_id)

    @property
    def refused(self) -> bool:
        """Whether the row has a fault."""
        return bool(self._faults)

    @property
    def findings(self) -> list[Finding]:
        """The faults; the changes when there is none."""
        return list((self._faults or self._changes).values())


class Records(list[Any]):
    """What a file holds, one by one, and what is to be said of the file as a whole."""

    def __init__(self, items: Iterable[Any], notes: Iterable[Finding] = ()) -> None:
        super().__init__(items)
        self.notes = list(notes)


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """A new row as it was understood, so that a person sees whether letters, amounts and days were read rightly."""

    row: int
    source_id: str
    whose: str  # a State's code, else the name of a donor, or the place of a rate
    title: str
    amount_minor: int | None
    currency: str
    days: list[str]

    @property
    def dates(self) -> list[tuple[str, date]]:
        """The days that the row names, each with what it is the day of (a message id)."""
        named = zip(_DAYS[len(self.days)], self.days, strict=True)
        return [(label, date.fromisoformat(day)) for label, day in named if day]


# Of a pledge, of a rate, of a request.
_DAYS: dict[int, tuple[str, ...]] = {
    0: (),
    1: (N_("Pledged:"),),
    2: (N_("In force from:"), N_("Season until:")),
    3: (N_("Asked:"), N_("From:"), N_("To:")),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """Sums that the rows would change: whose, how many of them, in cents of the dollar as they are and would be, and
    how many are incomplete."""

    whose: str
    number: int
    before: int
    after: int
    incomplete_before: int
    incomplete_after: int


@dataclasses.dataclass
class Report:
    """The whole answer to one file."""

    total: int = 0
    counts: Counter[str] = dataclasses.field(default_factory=Counter)
    findings: list[Finding] = dataclasses.field(default_factory=list)
    samples: list[Sample] = dataclasses.field(default_factory=list)
    moved: list[Moved] = dataclasses.field(default_factory=list)

    @classmethod
    def counted(cls, counts: dict[str, int]) -> "Report":
        """The report of which nothing but these counts was kept."""
        return cls(total=sum(counts.values()), counts=Counter(counts))

    def count(self, done: Done) -> None:
        """One more row ended like this."""
        self.total += 1
        self.counts[done] += 1

    def remark(self, finding: Finding) -> None:
        """Keep a remark without counting a row."""
        self.findings.append(finding)

    def show(self, sample: Sample) -> None:
        """Keep a new row to be looked at, while there are few."""
        if len(self.samples) < _SAMPLES:
            self.samples.append(sample)

    def as_csv(self, translate: Any, most: int | None = None) -> str:
        """The findings as CSV for a spreadsheet: cells that begin like a formula are made text.

        With `most` the text ends after so many characters, and says how many findings are left.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([name if name == "id" else translate(name) for name in _COLUMNS])
        for number, finding in enumerate(self.findings):
            if most is not None and out.tell() > most:
                left = translate(_LEFT_OUT) % {"left": len(self.findings) - number}
                writer.writerow(["", "", "", left, ""])
                break
            reason = translate(finding.reason) % finding.values if finding.values else translate(finding.reason)
            cells = [finding.row or "", finding.source_id, finding.field, reason, translate(DONE_LABELS[finding.done])]
            writer.writerow([as_text(cell) for cell in cells])
        return out.getvalue()

    def without_words(self, translate: Any, more: int = 0) -> list[list[Any]]:
        """The findings as rows of a table for whoever may not read the records: where, which field, what kind of fault.
        Of what a row says only numbers that were counted are left; `more` findings are not at hand."""
        rows: list[list[Any]] = [[translate(name) for name in _COLUMNS if name != "id"]]
        for finding in self.findings:
            counted = {name: value if isinstance(value, int) else "…" for name, value in finding.values.items()}
            reason = translate(finding.reason) % counted if counted else translate(finding.reason)
            rows.append([finding.row, finding.field, reason, translate(DONE_LABELS[finding.done])])
        return [*rows, ["", "", translate(_LEFT_OUT) % {"left": more}, ""]] if more else rows

    def as_data(self, most: int | None = 2_000) -> dict[str, Any]:
        """The report as JSON; for a job's result with at most `most` findings, the file has them all."""
        return {
            "total": self.total,
            "counts": dict(self.counts),
            "findings": [
                [f.row, f.source_id, f.field, f.reason, str(f.done), _plain(f.values)] for f in self.findings[:most]
            ],
            "samples": [list(dataclasses.astuple(sample)) for sample in self.samples],
            "moved": [list(dataclasses.astuple(one)) for one in self.moved],
            "more": len(self.findings[most:]) if most is not None else 0,
        }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
