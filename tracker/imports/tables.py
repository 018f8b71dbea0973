"""Tables from CSV and XLSX files: which row names the columns, and every row below it as text by column."""

import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from tracker.errors import Invalid, TooLarge
from tracker.imports.cells import code, storable
from tracker.imports.reading import LARGEST, Source
from tracker.languages.marking import N_, lazy

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 50_000_000  # with the empty ones between them
MOST_WRITTEN = 3_000_000
OUTSIDE = ""
"""The key of what stands beside the named columns: a row that was cut at the wrong places, or a note."""

_MARKS = ",;\t|"
_LARGEST_PART = 8 * 1024 * 1024  # of what is read whole: a workbook's styles take a hundred times their size
_SHEETS = "xl/worksheets/"
_STRINGS = "xl/sharedStrings.xml"
_READ_BY_ROW = (_SHEETS, _STRINGS, "xl/media/")
_UNPACKS_TOO_FAR = lazy("The spreadsheet unpacks to more than is read here.")
_FILLED_ROW = re.compile(rb"<row\b[^>]*>\s*<c\b")
_CELLS = (b"<c ", b"<c>", b"<si>", b"<si ")
_BLOCK = 1024 * 1024
_START_OF_SHEET = 100
_START = 20  # rows above which the names of the columns must stand: a title, a "sep=;"

Row = tuple[int, dict[str, str]]
Cells = Iterable[tuple[int, list[str]]]


def table_rows(source: Source, columns: Collection[str] = ()) -> Iterator[Row]:
    """The rows of a CSV or XLSX file as (row number as a spreadsheet counts, {column: text}).

    `columns` are the names that the reader knows: they are found whatever their case, below a title row, and on
    the first visible sheet that has them. Other columns keep their own names.
    """
    known = {_folded(name): name for name in columns}
    return _xlsx_rows(source, known) if source.type == "xlsx" else _csv_rows(source, known)


def fault_of_extra_cells(cells: dict[str, str]) -> list[tuple[str, str, dict[str, Any]]]:
    """The fault of a row with text outside the named columns, as (field, reason, values): it may have slipped."""
    reason = N_("The row has text beside the named columns: %(text)s.")
    return [("row", reason, {"text": cells[OUTSIDE].strip()[:60]})] if OUTSIDE in cells else []


def _csv_rows(source: Source, known: dict[str, str]) -> Iterator[Row]:
    text = source.text
    if "\x00" in text:
        raise Invalid(lazy("The file holds binary data and is no CSV."))
    csv.field_size_limit(LARGEST)  # a long text is cut and reported with its row
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, known), strict=True)
    try:
        yield from _below_header(enumerate(reader, start=1), known)
    except csv.Error as reason:
        sentence = lazy(
            "Line %(line)d of the file is broken: a quotation mark is not closed, or stands inside a cell.",
            line=reader.line_num,
        )
        raise Invalid(sentence) from reason


def _delimiter(text: str, known: dict[str, str]) -> str:
    """The mark that cuts the first rows into the most known names; else the one that the first row has most of."""
    start = list(itertools.islice((line for line in text[:65_536].splitlines() if line.strip()), _START))

    def likely(mark: str) -> tuple[int, int]:
        rows = list(csv.reader(start, delimiter=mark))
        return max((_named(row, known) for row in rows), default=0), len(rows[0]) if rows else 0

    return max(_MARKS, key=likely)


def _xlsx_rows(source: Source, known: dict[str, str]) -> Iterator[Row]:
    _refuse_bombs(source.data)
    try:
        # Formulas stay the text that somebody typed: no calculated value of an unknown sheet is trusted.
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=False, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        starts = [list(_filled(itertools.islice(_sheet_cells(sheet), _START_OF_SHEET))) for sheet in visible]
        best = max(range(len(visible)), key=lambda i: (max(_counts(starts[i], known), default=0), bool(starts[i]), -i))
        yield from _below_header(_sheet_cells(visible[best]), known)
    except Invalid:
        raise
    except Exception as reason:  # openpyxl raises whatever the broken part of a file makes it stumble over
        raise Invalid(lazy("The spreadsheet is broken or of an old kind. Save it as XLSX again.")) from reason


def _sheet_cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # a sheet may claim any size
    size = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        size += len(row)  # a few bytes can stand for a row of 16,384 cells
        if size > MOST_CELLS:
            raise TooLarge(_UNPACKS_TOO_FAR)
        yield number, [_cell(value) for value in row[:MOST_COLUMNS]]


def _refuse_bombs(data: bytes) -> None:
    """A spreadsheet is a ZIP archive: refuse what unpacks to too much, and Excel files with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as reason:
        raise Invalid(lazy("The spreadsheet is broken. Save it as XLSX again.")) from reason
    parts = [member.file_size for member in members if not member.filename.startswith(_READ_BY_ROW)]
    total = sum(member.file_size for member in members)
    if total > LARGEST_UNPACKED or max(parts, default=0) > _LARGEST_PART or len(members) > 2_000:
        raise TooLarge(_UNPACKS_TOO_FAR)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Invalid(lazy("This archive is no spreadsheet: send CSV, XLSX, IATI XML or JSON."))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Invalid(lazy("The spreadsheet holds macros. Save it as XLSX without macros."))
    for name in (name for name in names if name.startswith((_SHEETS, _STRINGS))):
        _refuse_crowds(data, name)


def _refuse_crowds(data: bytes, name: str) -> None:
    """Refuse a sheet with too many rows or cells by counting their marks, which takes a hundredth of reading it."""
    rows, cells = 0, 0
    try:
        for text in _whole_marks(data, name):
            rows += len(_FILLED_ROW.findall(text))
            cells += sum(map(text.count, _CELLS))
            if cells > MOST_WRITTEN:
                raise TooLarge(lazy("The spreadsheet has more than %(most)d cells. Split it.", most=MOST_WRITTEN))
            if rows > MOST_ROWS:
                raise _too_many_rows()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as reason:
        raise Invalid(lazy("The spreadsheet is broken. Save it as XLSX again.")) from reason


def _whole_marks(data: bytes, name: str) -> Iterator[bytes]:
    """The bytes of a part, cut before the beginning of a row where there is one, else before some mark."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as part:
        rest = b""
        while block := part.read(_BLOCK):
            text = rest + block
            cut = next((at for at in (text.rfind(b"<row"), text.rfind(b"<")) if at > 0), len(text))
            yield text[:cut]
            rest = text[cut:]
        yield rest


def _too_many_rows() -> TooLarge:
    return TooLarge(lazy("The file has more than %(most)d rows. Split it.", most=MOST_ROWS))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value) if "_x" in value else value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", None) or value)  # a formula over several cells is an object with its text


def _below_header(cells: Cells, known: dict[str, str]) -> Iterator[Row]:
    """The rows below the one that names the columns."""
    filled = _filled(cells)
    start = list(itertools.islice(filled, _START))
    counts = _counts(start, known)
    at = counts.index(max(counts)) if max(counts, default=0) > 1 else 0
    if not start:
        return
    header = _header(start[at][1], known)
    for place, (number, row) in enumerate(itertools.chain(start[at + 1 :], filled)):
        if number > MOST_ROWS:
            raise _too_many_rows()
        if place or not _is_tags(row):
            yield number, _by_column(header, row)


def _header(cells: list[str], known: dict[str, str]) -> list[str]:
    header = [known.get(_folded(cell), storable(code(cell))) for cell in cells]
    named = [name for name in header if name]
    if len(set(named)) != len(named):
        raise Invalid(lazy("The first row names a column twice."))
    return header


def _by_column(header: list[str], row: list[str]) -> dict[str, str]:
    cells = dict.fromkeys(header, "")
    cells.update(zip(header, row, strict=False))
    outside = [cell for i, cell in enumerate(row) if cell.strip() and (i >= len(header) or not header[i])]
    cells.pop(OUTSIDE, None)
    if outside:
        cells[OUTSIDE] = " ".join(outside)
    return cells


def _is_tags(row: list[str]) -> bool:
    """Whether a row holds nothing but hashtags of the Humanitarian Exchange Language, as below FTS's headers."""
    return all(cell.strip().startswith("#") for cell in row if cell.strip())


def _filled(cells: Cells) -> Iterator[tuple[int, list[str]]]:
    return ((number, row) for number, row in cells if any(cell.strip() for cell in row))


def _counts(rows: list[tuple[int, list[str]]], known: dict[str, str]) -> list[int]:
    return [_named(row, known) for _number, row in rows]


def _named(row: list[str], known: dict[str, str]) -> int:
    return sum(_folded(cell) in known for cell in row[:MOST_COLUMNS] if len(cell) < 80)


def _folded(name: str) -> str:
    return "_".join(code(name).casefold().split())
