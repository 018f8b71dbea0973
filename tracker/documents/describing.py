"""What a document says, apart from how it is written: headings, paragraphs, facts, tables, places to sign.

Texts are in the reader's language already. Figures stay figures, so that a spreadsheet can add them up; `shown` gives
the words in which a page and a PDF show them.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from tracker import money
from tracker.calendar.now import VIENNA
from tracker.languages.formatting import format_amount, format_day, format_moment, format_number


@dataclass(frozen=True, slots=True)
class Amount:
    """Minor units of a currency that is the row's and not the column's."""

    minor: int
    currency: str


Cell: TypeAlias = str | int | Decimal | date | Amount | None
"""What stands in a table; a moment (`datetime`) is a date too, and is aware of its zone."""


class Kind(enum.StrEnum):
    """What stands in a column: words, a whole or decimal number (or an `Amount` of the row's own currency), minor units
    of the column's currency, a day, a day with its time."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading. `currency` is asked of amounts, and `exact` ones have all its decimals; `wide` takes
    the space that is left on paper."""

    heading: str
    kind: Kind = Kind.TEXT
    currency: str = ""
    wide: bool = False
    exact: bool = False

    def __post_init__(self) -> None:
        if (self.kind is Kind.AMOUNT) != bool(self.currency):
            raise ValueError("a column of amounts, and no other, has a currency")

    @property
    def title(self) -> str:
        """The heading with the currency in which the column counts."""
        return f"{self.heading}, {self.currency}" if self.currency else self.heading

    def shown(self, cell: Cell) -> str:
        """The cell in the reader's way; nothing is an empty text, never 0."""
        if cell is None:
            return ""
        if isinstance(cell, Amount):
            return format_amount(cell.minor, cell.currency)
        if isinstance(cell, datetime) and self.kind is Kind.MOMENT:
            return format_moment(cell)
        if isinstance(cell, date):
            return format_day(cell, "medium")
        if isinstance(cell, str):
            return cell
        if self.kind is Kind.AMOUNT and isinstance(cell, int):
            return format_amount(cell, self.currency, cents=self.exact)
        return format_number(cell, 6)

    def plain(self, cell: Cell) -> str | int | Decimal | date | None:
        """The cell for a spreadsheet: an amount in units of its currency, a moment by the clock of Vienna, everything
        else as it is."""
        if isinstance(cell, Amount):
            return money.to_major(cell.minor, cell.currency)
        if self.kind is Kind.AMOUNT and isinstance(cell, int):
            return money.to_major(cell, self.currency)
        if isinstance(cell, datetime):
            by_the_clock = cell.astimezone(VIENNA).replace(tzinfo=None)
            return by_the_clock if self.kind is Kind.MOMENT else by_the_clock.date()
        return cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a document."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` for what explains the rest."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they are, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `total` is a last row that adds up what stands above it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.all_rows()):
            raise ValueError(f"a row of {self.name!r} has another number of cells than there are columns")

    def all_rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, and the total as the last of them."""
        yield from self.rows
        if self.total is not None:
            yield self.total

    def shown(self, row: Sequence[Cell]) -> list[str]:
        """A row in the reader's way."""
        return [column.shown(cell) for column, cell in zip(self.columns, row, strict=True)]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, for each name or office one line above which one writes."""

    for_whom: tuple[str, ...]


Block: TypeAlias = Heading | Paragraph | Facts | Table | Signature


@dataclass(frozen=True, slots=True)
class Document:
    """A letter or a report. `number` and `notice` stand at the foot of every page: which document it is, and who
    answers for it (a demonstration says there that it is one)."""

    title: str
    blocks: tuple[Block, ...]
    issued_on: date
    number: str = ""
    subtitle: str = ""
    notice: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, for those who want only the figures."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def in_one_table(document: Document, headings: tuple[str, str, str, str, str]) -> Table:
    """Every figure of a document's tables as a row of its own (table, line, column, unit, value), for programs that
    read one table. `headings` name these five."""
    rows = tuple(
        (table.name, str(row[0]), column.heading, column.currency, column.plain(cell))
        for table in document.tables
        for row in table.all_rows()
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
        if cell not in (None, "")
    )
    return Table(document.title, tuple(Column(heading) for heading in headings), rows)
