"""Days as people write them in tables: 31/12/2026, 2026.12.31, 2026年12月31日.

Which of two figures is the day is never guessed: the table shows it by a day above 12, or a person says it.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date

from tracker.imports.cells import code
from tracker.imports.hints import DAY_FIRST, MONTH_FIRST
from tracker.imports.report import Done, Finding
from tracker.imports.tables import Row
from tracker.languages.marking import N_

_MIDNIGHT = r"(?:[T ]0?0:00(?::00)?)?"
_FIGURES = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_MIDNIGHT}", re.ASCII)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:([/.-])(\d{{1,2}})\2(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})日){_MIDNIGHT}", re.ASCII
)
_READ_AS = {
    DAY_FIRST: N_("Days were read with the day first: “%(text)s” as %(day)s."),
    MONTH_FIRST: N_("Days were read with the month first: “%(text)s” as %(day)s."),
}


def rewrite_days(rows: list[Row], columns: Collection[str], said: str = "") -> list[Finding]:
    """Rewrite the days of these columns as YYYY-MM-DD where they can be read; gives the remark on their order.

    `said` is what a person said comes first. What cannot be read stays, and is a fault of its row.
    """
    first = said or _shown_by(cells.get(name, "") for _number, cells in rows for name in columns)
    remarks: list[Finding] = []
    for number, cells in rows:
        for name in columns:
            written = code(cells.get(name, ""))
            if day := _day(written, first):
                cells[name] = day.isoformat()
                if first and not remarks and _FIGURES.fullmatch(written):
                    values = {"text": written[:20], "day": day.isoformat()}
                    remarks.append(Finding(number, name, _READ_AS[first], Done.CHANGED, values))
    return remarks


def _shown_by(texts: Iterable[str]) -> str:
    """The order that days above 12 show; empty when none does or when they contradict each other."""
    shown = set()
    for text in texts:
        if found := _FIGURES.fullmatch(code(text)) if text else None:
            left, right = int(found[1]), int(found[3])
            shown |= {DAY_FIRST} if right <= 12 < left else {MONTH_FIRST} if left <= 12 < right else set()
    return shown.pop() if len(shown) == 1 else ""


def _day(written: str, first: str) -> date | None:
    """The day of a cell in figures; None when it is none, or could be another."""
    try:
        if found := _YEAR_FIRST.fullmatch(written):
            return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
        if first and (found := _FIGURES.fullmatch(written)):
            day, month = (found[1], found[3]) if first == DAY_FIRST else (found[3], found[1])
            return date(int(found[4]), int(month), int(day))
    except ValueError:
        pass
    return None
