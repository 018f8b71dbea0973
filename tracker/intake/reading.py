"""Opening a file from outside. What is broken, hostile, too large or of another type is refused with a sentence."""

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from tracker.errors import Invalid, TooLarge
from tracker.i18n import lazy

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was accepted: its name, its type by content (csv, xlsx, xml, json) and its bytes."""

    name: str
    type: str
    data: bytes


def open_source(path: Path) -> Source:
    """Read a file and find out what it is. Raises TooLarge or Invalid with a sentence for the person."""
    size = path.stat().st_size
    if size > LARGEST:
        raise TooLarge(
            lazy(
                "The file has %(size)d MB; at most %(most)d MB are read. Split it.",
                size=-(-size // 1024**2),
                most=LARGEST // 1024**2,
            )
        )
    data = path.read_bytes()
    if not data.strip():
        raise Invalid(lazy("The file is empty."))
    return Source(path.name, _type_of(data), data)


def _type_of(data: bytes) -> str:
    """What the content is; the name of a file proves nothing."""
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    if data.startswith(
        (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"MZ", b"\x7fELF")
    ):
        raise Invalid(lazy("This is no table: send CSV, XLSX, IATI XML or JSON."))
    start = decode(data[:4096] if len(data) > 4096 else data, part=len(data) > 4096).lstrip()
    if start.startswith("<"):
        if start[:15].lower().startswith(("<!doctype html", "<html")):
            raise Invalid(lazy("This is a web page: send CSV, XLSX, IATI XML or JSON."))
        return "xml"
    return "json" if start.startswith(("[", "{")) else "csv"


def decode(data: bytes, *, part: bool = False) -> str:
    """The text of a file: UTF-8 (with or without mark) or UTF-16 with its mark. Another encoding is refused."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=not part)
    except UnicodeDecodeError as reason:
        raise Invalid(
            lazy(
                "The file is not encoded in UTF-8 (byte %(place)d). Save it as UTF-8 and send it again.",
                place=reason.start,
            )
        ) from reason


Row = tuple[int, dict[str, str]]


def table_rows(source: Source) -> Iterator[Row]:
    """The rows of a CSV or XLSX file as (row number as a spreadsheet counts, {column: text})."""
    return _xlsx_rows(source) if source.type == "xlsx" else _csv_rows(source)


def _csv_rows(source: Source) -> Iterator[Row]:
    text = decode(source.data)
    if "\x00" in text:
        raise Invalid(lazy("The file holds binary data and is no CSV."))
    csv.field_size_limit(_LONGEST_CELL)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8192].split("\n", 1)[0], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True)
    try:
        yield from _with_header((reader.line_num, row) for row in reader)
    except csv.Error as reason:
        raise Invalid(
            lazy("Line %(line)d of the file is broken: %(reason)s.", line=reader.line_num, reason=str(reason))
        ) from reason


def _xlsx_rows(source: Source) -> Iterator[Row]:
    _refuse_bombs(source.data)
    try:
        # Formulas stay the text that somebody typed: no calculated value of an unknown sheet is trusted.
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        cells = ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))
        yield from _with_header(enumerate(cells, start=1))
    except Invalid:
        raise
    except Exception as reason:  # openpyxl raises whatever the broken part of a file makes it stumble over
        raise Invalid(lazy("The spreadsheet is broken or of an old kind. Save it as XLSX again.")) from reason


def _refuse_bombs(data: bytes) -> None:
    """A spreadsheet is a ZIP archive: refuse what unpacks to too much, and Excel files with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as reason:
        raise Invalid(lazy("The spreadsheet is broken. Save it as XLSX again.")) from reason
    if sum(member.file_size for member in members) > LARGEST_UNPACKED or len(members) > 2_000:
        raise TooLarge(lazy("The spreadsheet unpacks to more than is read here."))
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Invalid(lazy("This archive is no spreadsheet: send CSV, XLSX, IATI XML or JSON."))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Invalid(lazy("The spreadsheet holds macros. Save it as XLSX without macros."))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _with_header(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    header: list[str] | None = None
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            named = [name for name in header if name]
            if len(set(named)) != len(named):
                raise Invalid(lazy("The first row names a column twice."))
            continue
        if number > MOST_ROWS:
            raise TooLarge(lazy("The file has more than %(most)d rows. Split it.", most=MOST_ROWS))
        padded = cells + [""] * (len(header) - len(cells))
        yield number, {name: padded[i] for i, name in enumerate(header) if name}


def xml_root(source: Source) -> Any:
    """The root element of an XML file. Entities, external references and document types are refused."""
    if b"<!DOCTYPE" in source.data[:4096].upper() or b"<!ENTITY" in source.data.upper():
        raise Invalid(lazy("The XML file declares a document type or entities, which are not read."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as reason:
        raise Invalid(lazy("The XML file is broken at line %(line)d.", line=reason.lineno or 0)) from reason


def json_list(source: Source) -> list[dict[str, Any]]:
    """The records of a JSON file: a list of objects."""
    try:
        found = json.loads(decode(source.data), parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as reason:
        raise Invalid(lazy("The JSON file is broken: %(reason)s.", reason=str(reason)[:120])) from reason
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Invalid(lazy("The JSON file is no list of records."))
    return found
