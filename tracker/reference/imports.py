"""Rates of exchange from a CSV file: all of its rows, or a list of what is wrong with them."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker import money
from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.languages.marking import lazy

COLUMNS = ("currency", "units_per_usd", "date", "source")
MOST_ROWS = 5000
_MOST_SHOWN = 20


@refused_when_damaged()
def read_rates(content: bytes) -> list[dict[str, Any]]:
    """Return the rates in a CSV with the columns of COLUMNS (others are ignored), for `services.import_rates`.

    Raises Invalid for a file that is no such CSV; with rows that are wrong, `fields["rows"]` has a sentence each.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(lazy("The text is not in UTF-8. Save it again as UTF-8 text.")) from None
    try:
        table = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise _refused(lazy("The file is not a table with a header line.")) from None
    if not table or not set(COLUMNS) <= set(table[0]):
        raise _refused(lazy("The file needs the columns %(columns)s.", columns=", ".join(COLUMNS)))
    if len(table) > MOST_ROWS:
        raise _refused(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    rows, wrong = [], []
    for number, cells in enumerate(table, start=2):
        try:
            rows.append(_rate(cells))
        except _BadCell as bad:
            wrong.append(
                lazy("Row %(number)d, %(column)s: %(reason)s", number=number, column=bad.column, reason=bad.reason)
            )
    if wrong:
        raise Invalid(lazy("Nothing was imported."), fields={"rows": wrong[:_MOST_SHOWN]})
    return rows


class _BadCell(Exception):
    def __init__(self, column: str, reason: Any) -> None:
        super().__init__(column)
        self.column, self.reason = column, reason


def _rate(cells: dict[str, str]) -> dict[str, Any]:
    values = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    currency = values["currency"].upper()
    if not money.is_currency(currency) or currency == money.FUND_CURRENCY:
        raise _BadCell("currency", lazy("Give an ISO 4217 code other than USD."))
    try:
        units = Decimal(values["units_per_usd"])
    except InvalidOperation:
        raise _BadCell("units_per_usd", lazy("A rate is a number above zero.")) from None
    if not (units.is_finite() and 0 < units < Decimal(10) ** 12):
        raise _BadCell("units_per_usd", lazy("A rate is a number above zero."))
    try:
        day = date.fromisoformat(values["date"])
    except ValueError:
        raise _BadCell("date", lazy("Write the day as 2026-11-23.")) from None
    if day > today():
        raise _BadCell("date", lazy("The day lies in the future."))
    if not values["source"]:
        raise _BadCell("source", lazy("Say where the rate comes from."))
    return {
        "currency": currency,
        "units_per_usd": round(units, 10),
        "valid_from": day,
        "source": values["source"][:160],
    }


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _refused(reason: Any) -> Invalid:
    return Invalid(reason, fields={"file": reason})
