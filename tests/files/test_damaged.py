"""Good files with random bytes in them: each is taken or refused in a sentence, by whatever reader meets it."""

import io
import zipfile
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import samples
from tracker.errors import Invalid
from tracker.files import checks
from tracker.files.kinds import DOCUMENTS, IMPORTS
from tracker.imports import kinds
from tracker.imports.reading import open_source
from tracker.reference.imports import read_rates

REAL = Path(__file__).parents[1] / "data" / "real"


def packed_tightly(content):
    """The same archive with its parts compressed, as every office program saves them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as tight:
        for entry in archive.infolist():
            tight.writestr(entry.filename, archive.read(entry.filename))
    return buffer.getvalue()


def workbook(write):
    """A workbook as `write` makes it."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    write(book)
    book.save(buffer)
    return buffer.getvalue()


def plain(book):
    book.active.append(["id", "state", "title", "kind", "language"])
    book.active.append(["1", "KEN", "A title", "technical", "en"])


def two_equal_sheets(book):
    for sheet, state in ((book.active, "KEN"), (book.create_sheet("Asia"), "FJI")):
        sheet.append(["id", "state", "title"])
        sheet.append([f"{state}1", state, "Training"])


def hidden_and_filtered_rows(book):
    book.active.append(["id", "state", "title"])
    for number in range(4):
        book.active.append([f"H{number}", "KEN", "Training"])
    book.active.row_dimensions[3].hidden = True
    book.active.auto_filter.ref = "A1:C5"


def formatted_numbers_and_a_total(book):
    sheet = book.active
    sheet.append(["id", "state", "title", "amount", "currency"])
    formats = ((0.5, "0%"), (1234, '#,##0,"k"'), (1234.5, '_-"€"* #,##0.00'), (time(12, 30), "h:mm:ss"))
    for number, (value, shown) in enumerate(formats, start=2):
        sheet.append([f"P{number}", "KEN", "Training", value, "USD"])
        sheet.cell(number, 4).number_format = shown
    sheet.append([None, None, "Total", 1234, None])


def title_merged_cells_and_dates(book):
    sheet = book.active
    sheet.append(["Export of requests, 5 November 2026"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["id", "state", "title", "amount", "currency", "starts_on", "problem"])
    sheet.append(["X1", "KEN", "Dates", 0.1 + 0.2, "EUR", date(2026, 12, 31), "p"])
    sheet.append([1.234567890123457e19, True, "Formula", "=100*2", "EUR", 46387, "#REF!"])


IATI = (
    b'<?xml version="1.0"?><iati-activities version="2.03" xml:lang="fr"><iati-activity default-currency="USD">'
    b"<iati-identifier>L1</iati-identifier><title><narrative>Formation</narrative></title>"
    b'<recipient-country code="KE"/><activity-date type="2" iso-date="2020-01-01"/>'
    b'<budget type="1"><value currency="JPY" value-date="2020-01-01">1000</value></budget>'
    b"<budget><value>0.00</value></budget>"
    b'<transaction><transaction-type code="2"/><value>-100</value></transaction></iati-activity></iati-activities>'
)
FLOWS = """id,date,amountUSD,srcOrganization,status,originalAmount,originalCurrency,decisionDate,description
A1,2020-01-01,1000,"Norway, Government of",paid,0,USD,,zero original
A2,2020-01-01,,"NORWAY, GOVERNMENT OF",Paid,"1.234,5",EUR,,another mark
A3,01/02/2020,"1,234,567",Norway,paid,,,,two days
A4,2020-01-01,-500,"Norway, Government of; Sweden, Government of",paid,,,,two donors
B1,2020-01-01,5,"Türkiye, Government of",paid,,,,letters
"""

DOCUMENTS_TAKEN = [*((name, content) for name, content, _kind in samples.TAKEN), ("t.odt", packed_tightly(samples.ODT))]
TABLES = [
    ("requests", "book.xlsx", workbook(plain)),
    ("requests", "two_sheets.xlsx", workbook(two_equal_sheets)),
    ("requests", "hidden.xlsx", workbook(hidden_and_filtered_rows)),
    ("requests", "numbers.xlsx", workbook(formatted_numbers_and_a_total)),
    ("requests", "merged.xlsx", workbook(title_merged_cells_and_dates)),
    ("requests", "twice.csv", b"id,state,title,title\n1,KEN,a,b\n"),
    ("requests", "twice_unknown.csv", b"id,state,title,remark,remark\n1,KEN,a,b,c\n"),
    (
        "requests",
        "page.xls",
        b"<table border=1><tr><th>id</th><th>state</th></tr><tr><td>1</td><td>KEN</td></tr></table>",
    ),
    ("requests", "inherited.xml", IATI),
    ("pledges", "donors.csv", FLOWS.encode()),
    ("requests", "table.csv", b'id,state,title,kind,language\r\n1,KEN,"A title",technical,en\r\n'),
    ("requests", "undp.json", (REAL / "undp_projects.json").read_bytes()[:3000]),
    (
        "requests",
        "iati.xml",
        b"<iati-activities version='2.03'><iati-activity><title/></iati-activity></iati-activities>",
    ),
    ("pledges", "fts.csv", (REAL / "fts_flows_2020.csv").read_bytes()[:3000]),
]
RATES = b"currency,units_per_usd,date,source\nEUR,0.9,2026-01-02,ECB\n"


@st.composite
def damaged(draw, content):
    """The content with bytes changed, taken out or put in, or cut off."""
    bytes_of = bytearray(content)
    for _time in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(bytes_of) - 1)))
        bytes_of[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(bytes_of[: draw(st.integers(0, len(bytes_of)))] if draw(st.booleans()) else bytes_of)


def taken_or_refused(read):
    try:
        read()
    except Invalid as refused:
        if not (refused.message or refused.fields):
            raise AssertionError("a refusal without a sentence") from refused


@pytest.fixture
def place(tmp_path):
    """`place(name, content)`: a file with this content."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "content"), DOCUMENTS_TAKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_damaged_document_is_taken_or_refused(app, name, content):
    @settings(max_examples=60)
    @given(damaged(content))
    def holds(broken):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            path.write_bytes(broken)
            taken_or_refused(lambda: checks.kind_of(path, name, DOCUMENTS))

    holds()


@pytest.mark.parametrize(("what", "name", "content"), TABLES, ids=[name for _what, name, _content in TABLES])
def test_an_import_of_an_odd_kind_is_examined_or_refused(app, place, what, name, content):
    def examined():
        kind = kinds.kind_of(what)
        kind.examine(kind.read(open_source(place(name, content))))

    taken_or_refused(examined)


@pytest.mark.parametrize(("what", "name", "content"), TABLES, ids=[name for _what, name, _content in TABLES])
def test_a_damaged_import_is_read_or_refused(app, what, name, content):
    @settings(max_examples=60)
    @given(damaged(content))
    def holds(broken):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(broken)
            taken_or_refused(lambda: checks.kind_of(path, name, IMPORTS))
            taken_or_refused(lambda: kinds.kind_of(what).read(open_source(path)))

    holds()


@settings(max_examples=100)
@given(damaged(RATES))
def test_a_damaged_table_of_rates_is_read_or_refused(broken):
    taken_or_refused(lambda: read_rates(broken))


def test_an_odt_whose_label_cannot_be_unpacked_is_refused(app, place):
    whole = packed_tightly(samples.ODT)
    at = whole.index(b"mimetype") + len(b"mimetype")
    with pytest.raises(Invalid) as refused:
        checks.kind_of(place("t.odt", whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :]), "t.odt", DOCUMENTS)
    assert str(refused.value.message).startswith("The file is damaged.")


def test_every_kind_of_import_is_read_under_the_guard(app):
    assert all(hasattr(kind.read, "__wrapped__") for kind in kinds.kinds())
    assert hasattr(open_source, "__wrapped__")
    assert hasattr(read_rates, "__wrapped__")
