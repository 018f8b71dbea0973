"""Tables for spreadsheets: CSV in which no cell is run, whoever typed it."""

import csv
import io
from collections.abc import Iterable
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """The rows as CSV that a spreadsheet reads as UTF-8, each cell made safe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
