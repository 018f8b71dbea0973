"""The tables of a document for spreadsheets: figures stay figures, days stay days, and no cell is run."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from tracker.documents.describing import Amount, Cell, Document, Kind, Table
from tracker.files.csv_cells import csv_text

SHEET_NAME_LIMIT = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDTHS = {Kind.TEXT: 28, Kind.NUMBER: 12, Kind.AMOUNT: 16, Kind.DAY: 12, Kind.MOMENT: 16}
About = Sequence[tuple[str, str]]
"""What is said of a file before its rows, each with its name."""


def as_csv(table: Table, note: str = "") -> str:
    """One table as CSV: a heading line, days as YYYY-MM-DD, amounts with a point and without thousands. A note stands
    alone in a line above."""
    above = [[note]] if note else []
    heads = [column.title for column in table.columns]
    return csv_text([*above, heads, *(_csv_row(table, row) for row in table.all_rows())])


def _csv_row(table: Table, row: tuple[Cell, ...]) -> list[str | int | Decimal | None]:
    plain = (column.plain(cell) for column, cell in zip(table.columns, row, strict=True))
    return [_iso(cell) if isinstance(cell, date) else cell for cell in plain]


def _iso(day: date) -> str:
    return day.isoformat(" ", "minutes") if isinstance(day, datetime) else day.isoformat()


def as_xlsx(document: Document, about: About = ()) -> bytes:
    """Every table of a document as a sheet of one workbook, with its heading row kept in sight and a filter on each
    column; what is said of the file is a sheet before them."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": document.title, "comments": document.notice})
        formats = {
            "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "total": workbook.add_format({"bold": True}),
        }
        if about:
            _write_about(workbook.add_worksheet(_("About")[:SHEET_NAME_LIMIT]), about, formats)
        for number, table in enumerate(document.tables, start=1):
            _write(workbook, workbook.add_worksheet(_sheet_name(table, number)), table, formats)
    return out.getvalue()


def _sheet_name(table: Table, number: int) -> str:
    """A name that every spreadsheet takes, unlike every other by its number."""
    plain = table.name.translate(NOT_IN_SHEET_NAMES).strip()
    return f"{number} {plain}"[:SHEET_NAME_LIMIT].strip()


def _write_about(sheet: Any, about: About, formats: dict[str, object]) -> None:
    sheet.set_column(0, 0, WIDTHS[Kind.TEXT], formats["total"])
    sheet.set_column(1, 1, 3 * WIDTHS[Kind.TEXT])
    for line, (name, words) in enumerate(about):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, words)


def _write(workbook: xlsxwriter.Workbook, sheet: object, table: Table, formats: dict[str, object]) -> None:
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]
    if table.columns and table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)  # type: ignore[attr-defined]
    _shape_of_amounts(workbook, table, formats)
    for place, column in enumerate(table.columns):
        shape = formats.get(column.currency)
        sheet.set_column(place, place, WIDTHS[column.kind], shape)  # type: ignore[attr-defined]
        sheet.write_string(0, place, column.title, formats["head"])  # type: ignore[attr-defined]
    for line, row in enumerate(table.rows, start=1):
        _write_row(sheet, line, table, row, formats)
    if table.total is not None:
        sheet.set_row(len(table.rows) + 1, None, formats["total"])  # type: ignore[attr-defined]
        _write_row(sheet, len(table.rows) + 1, table, table.total, formats)


def _write_row(sheet: object, line: int, table: Table, row: tuple[Cell, ...], formats: dict[str, object]) -> None:
    for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        value = column.plain(cell)
        if isinstance(cell, Amount):
            sheet.write_number(line, place, value, formats[cell.currency])  # type: ignore[attr-defined]
        elif isinstance(value, datetime):
            sheet.write_datetime(line, place, value, formats["moment"])  # type: ignore[attr-defined]
        elif isinstance(value, date):
            sheet.write_datetime(line, place, value, formats["day"])  # type: ignore[attr-defined]
        elif isinstance(value, str):
            sheet.write_string(line, place, value)  # type: ignore[attr-defined]
        elif value is not None:
            sheet.write_number(line, place, value)  # type: ignore[attr-defined]


def _shape_of_amounts(workbook: xlsxwriter.Workbook, table: Table, formats: dict[str, object]) -> None:
    """Keep a shape for each currency, by its code, of columns and of rows that have their own."""
    of_rows = {cell.currency for row in table.all_rows() for cell in row if isinstance(cell, Amount)}
    for currency in sorted(of_rows | {column.currency for column in table.columns} - {""}):
        if currency not in formats:
            formats[currency] = workbook.add_format({"num_format": _number_format(currency)})


def _number_format(currency: str) -> str:
    from tracker.money import digits

    places = digits(currency)
    return "#,##0" + (f".{'0' * places}" if places else "")
