"""A table of a finance system, read by the headings that were named for its source."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import Invalid
from tracker.imports.cells import code, read_amount, read_currency, read_day, storable
from tracker.imports.report import Finding, Remarks
from tracker.imports.tables import OUTSIDE, Row, fault_of_extra_cells
from tracker.languages.marking import N_, lazy
from tracker.languages.seen_text import one_line

NEEDED = ("reference", "day", "amount")
NAMES = (*NEEDED, "received", "currency", "payee", "entry")
DAYS = ("day",)
MOST_ROWS = 50_000
"""So many entries are taken from one file."""
_LONGEST = {"reference": 120, "payee": 40, "entry": 64}


@dataclass(frozen=True, slots=True)
class Stated:
    """An entry as it is understood: the amount above zero in minor units, out or in; `entry` is its number there or
    ""."""

    reference: str
    day: date
    amount_minor: int
    currency: str
    is_out: bool
    payee: str
    entry: str


def by_column(rows: list[Row], columns: dict[str, Any]) -> list[Row]:
    """The rows with their cells under our names. Raises Invalid where a heading of the source is missing."""
    headings = rows[0][1] if rows else {}
    meant = {name: heading for name, heading in columns.items() if heading}
    if missing := [heading for heading in meant.values() if heading not in headings]:
        raise Invalid(lazy("The file has no column %(columns)s, which its source names.", columns=", ".join(missing)))
    return [
        (number, {name: cells[heading] for name, heading in meant.items()} | _beside(cells)) for number, cells in rows
    ]


def _beside(cells: dict[str, str]) -> dict[str, str]:
    return {OUTSIDE: cells[OUTSIDE]} if OUTSIDE in cells else {}


def check(
    row: int, cells: dict[str, str], today: date, *, sign: str, currency: str | None
) -> tuple[Stated | None, list[Finding]]:
    """A row of a table, or None; with a finding for each field that has a fault."""
    remarks = Remarks(row, cells.get("entry", "")[:64])
    for field, reason, said in fault_of_extra_cells(cells):
        remarks.fault(field, reason, **said)
    texts = {name: _text(cells.get(name, ""), name, remarks) for name in _LONGEST}
    day = past_day(cells["day"], today, remarks)
    money = read_currency(cells.get("currency", "") or currency or "", "currency", remarks)
    amount = _amount(cells, money, sign, remarks) if money else None
    if remarks.refused or day is None or amount is None or money is None:
        return None, remarks.findings
    return Stated(day=day, amount_minor=amount[0], is_out=amount[1], currency=money, **texts), remarks.findings


def _text(cell: str, field: str, remarks: Remarks) -> str:
    text = " ".join(one_line(storable(cell)).split())
    if len(text) > _LONGEST[field]:
        too_long = N_("The text has %(length)d characters; at most %(most)d.")
        remarks.fault(field, too_long, length=len(text), most=_LONGEST[field])
    return text


def past_day(cell: str, today: date, remarks: Remarks) -> date | None:
    """The day of an entry; one that is missing or ahead is a fault."""
    if not cell.strip():
        remarks.fault("day", N_("The row has no date."))
        return None
    day = read_day(cell, "day", remarks)
    if day is not None and day > today:
        remarks.fault("day", N_("This day lies ahead."))
        return None
    return day


def _amount(cells: dict[str, str], currency: str, sign: str, remarks: Remarks) -> tuple[int, bool] | None:
    """(the amount, whether it was paid out): by its sign, or by which of two columns has it."""
    if "received" not in cells:
        minor, negative = _signed(cells["amount"], "amount", currency, remarks)
        return None if minor is None else (minor, negative == (sign == "out_minus"))
    filled = [name for name in ("amount", "received") if not _is_nothing(cells[name])]
    if len(filled) != 1:
        remarks.fault("amount", N_("Exactly one of the two columns for paid and received must have an amount."))
        return None
    minor, negative = _signed(cells[filled[0]], filled[0], currency, remarks)
    return None if minor is None else (minor, (filled[0] == "amount") != negative)


def _is_nothing(cell: str) -> bool:
    written = code(cell)
    return not written or not written.strip("0.,- ")


def _signed(cell: str, field: str, currency: str, remarks: Remarks) -> tuple[int | None, bool]:
    """The amount without its sign, and whether it has a minus (before or after it, or brackets)."""
    written = code(cell).replace("−", "-")
    in_brackets = written.startswith("(") and written.endswith(")")
    negative = in_brackets or written.startswith("-") or written.endswith("-")
    plain = written.strip("()-+ ") if negative else written.removeprefix("+")
    return read_amount(plain, currency, field, remarks), negative
