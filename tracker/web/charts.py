"""The arithmetic of plots: shares of a bar, columns of a histogram. Drawing is in templates/components/charts.html."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BASE, TOP, STEP, WIDTH, NARROWEST = 120, 24, 96, 58, 608  # user units of the drawing


def share(part: float, whole: float) -> str:
    """A part of a whole as an SVG length ("61.9%"), never outside 0 to 100 %."""
    if whole <= 0 or part <= 0:
        return "0%"
    return f"{min(100.0, 100 * part / whole):.1f}%"


def largest(rows: Sequence[Sequence[Any]]) -> float:
    """The greatest number among rows of (label, number, …); 0 when there are none."""
    return max((row[1] for row in rows), default=0)


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar of several parts, each (start, width) as SVG lengths of the longest bar."""

    label: Any
    parts: list[tuple[str, str]]
    numbers: list[float]
    words: Any


def stack_shares(rows: Sequence[Sequence[Any]]) -> list[StackedBar]:
    """Bars from rows of (label, [numbers], words); without words the sum stands at the end."""
    longest = max((sum(row[1]) for row in rows), default=0)
    bars = []
    for row in rows:
        parts, before = [], 0.0
        for number in row[1]:
            parts.append((share(before, longest), share(number, longest)))
            before += number
        bars.append(StackedBar(row[0], parts, list(row[1]), row[2] if len(row) > 2 else sum(row[1])))
    return bars


@dataclass(frozen=True, slots=True)
class Column:
    label: Any
    number: float
    x: int
    y: float
    height: float
    width: int = WIDTH

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class ColumnPlot:
    """A drawing of columns in user units, wide enough for its labels."""

    columns: list[Column]
    width: int
    base: int = BASE
    height: int = BASE + 28


def column_plot(rows: Sequence[Sequence[Any]]) -> ColumnPlot:
    """Columns from rows of (label, number), the highest as high as the drawing."""
    most = largest(rows) or 1
    width = max(NARROWEST, len(rows) * STEP)
    step = width / max(1, len(rows))
    columns = []
    for index, row in enumerate(rows):
        height = round((BASE - TOP) * row[1] / most, 1)
        x = round(index * step + (step - WIDTH) / 2)
        columns.append(Column(row[0], row[1], x, round(BASE - height, 1), height))
    return ColumnPlot(columns, width)
