"""The tables of a document for spreadsheets: figures stay figures, days stay days, and no cell is run."""

import io
from datetime import date
from decimal import Decimal

import xlsxwriter

from tracker.documents.describing import Cell, Column, Document, Kind, Table
from tracker.files.csv_cells import csv_text

SHEET_NAME_LIMIT = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDTHS = {Kind.TEXT: 28, Kind.NUMBER: 12, Kind.AMOUNT: 16, Kind.DAY: 12}


def as_csv(table: Table) -> str:
    """One table as CSV: a heading line, days as YYYY-MM-DD, amounts with a point and without thousands."""
    return csv_text([[column.title for column in table.columns], *(_csv_row(table, row) for row in table.all_rows())])


def _csv_row(table: Table, row: tuple[Cell, ...]) -> list[str | int | Decimal | None]:
    plain = (column.plain(cell) for column, cell in zip(table.columns, row, strict=True))
    return [cell.isoformat() if isinstance(cell, date) else cell for cell in plain]


def as_xlsx(document: Document) -> bytes:
    """Every table of a document as a sheet of one workbook, with its heading row kept in sight."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": document.title, "comments": document.notice})
        formats = {
            "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "total": workbook.add_format({"bold": True}),
        }
        for number, table in enumerate(document.tables, start=1):
            _write(workbook, workbook.add_worksheet(_sheet_name(table, number)), table, formats)
    return out.getvalue()


def _sheet_name(table: Table, number: int) -> str:
    """A name that every spreadsheet takes, unlike every other by its number."""
    plain = table.name.translate(NOT_IN_SHEET_NAMES).strip()
    return f"{number} {plain}"[:SHEET_NAME_LIMIT].strip()


def _write(workbook: xlsxwriter.Workbook, sheet: object, table: Table, formats: dict[str, object]) -> None:
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]
    for place, column in enumerate(table.columns):
        shape = workbook.add_format({"num_format": _number_format(column)}) if column.kind is Kind.AMOUNT else None
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
        if isinstance(value, date):
            sheet.write_datetime(line, place, value, formats["day"])  # type: ignore[attr-defined]
        elif isinstance(value, str):
            sheet.write_string(line, place, value)  # type: ignore[attr-defined]
        elif value is not None:
            sheet.write_number(line, place, value)  # type: ignore[attr-defined]


def _number_format(column: Column) -> str:
    from tracker.money import digits

    places = digits(column.currency)
    return "#,##0" + (f".{'0' * places}" if places else "")
