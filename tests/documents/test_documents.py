"""One description, several files: what is typed is never markup or a formula, and figures stay figures."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import icalendar
import pytest
from flask import Flask
from openpyxl import load_workbook

from tracker.documents import (
    Column,
    Document,
    Entry,
    Facts,
    Heading,
    Kind,
    Paragraph,
    Signature,
    Table,
    as_csv,
    as_icalendar,
    as_pdf,
    as_xlsx,
    pdf,
)
from tracker.documents.printing import printable

AWKWARD = '#panic("x") $a$ *b* <label> \\ "quote" =1+1'
PAY_LIST = Table(
    "Pay list [1/2]: money on arrival in Vienna",
    (
        Column("Name", wide=True),
        Column("Days", Kind.NUMBER),
        Column("Amount", Kind.AMOUNT, "USD"),
        Column("Due", Kind.DAY),
    ),
    (("Zola", 3, 123456, date(2026, 12, 1)), ("=HYPERLINK(1)", None, 5, None)),
    total=("Together", None, 123461, None),
)


@pytest.fixture
def document() -> Document:
    blocks = (
        Facts((("Delegate", AWKWARD),)),
        Heading(AWKWARD),
        PAY_LIST,
        Paragraph(AWKWARD),
        Paragraph("small", small=True),
        Signature(("Programme manager", "Travel officer")),
    )
    return Document(
        "Travel authorisation", blocks, date(2026, 11, 28), number="PS-2026-XQA-003", notice="Demonstration"
    )


def _made(app: Flask, document: Document) -> bytes:
    with app.test_request_context("/"):
        return as_pdf(document, "en")


class TestOnPaper:
    @pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
    def test_every_language_makes_a_tagged_pdf_that_says_its_language(
        self, app: Flask, document: Document, language: str
    ) -> None:
        made = as_pdf(document, language)
        assert made.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in made
        assert b"pdfuaid" in made, "it is made for screen readers"
        assert f"/Lang({language}".encode() in made

    @pytest.mark.parametrize("words", ["旅行授权书 张伟", "اعتماد السفر", "Разрешение", "ነገር לוי გია 한국어"])
    def test_the_scripts_of_states_are_printed_with_no_box(self, app: Flask, words: str) -> None:
        assert pdf._prints(words, "zh")

    def test_what_no_font_can_print_is_said_in_a_sentence(self, app: Flask, document: Document) -> None:
        named = replace(document, blocks=(Facts((("Delegate", "ཀ Zola"),)), PAY_LIST))
        assert not pdf._prints("ཀ", "en")
        said = printable(named, lambda text: pdf._prints(text, "en"))
        assert said.blocks[0] == Paragraph("Characters that cannot be printed here are shown as �. U+0F40")
        assert said.blocks[1] == Facts((("Delegate", "� Zola"),))
        assert said.blocks[2] == PAY_LIST, "what prints stays as it is"
        assert as_pdf(named, "en") == pdf._compile(said, "en", ())
        assert as_pdf(named, "en") != as_pdf(replace(named, blocks=named.blocks[1:]), "en")

    def test_several_people_ask_for_documents_at_once(self, app: Flask, document: Document) -> None:
        with ThreadPoolExecutor(4) as together:
            made = set(together.map(lambda _: _made(app, document), range(12)))
        assert made == {as_pdf(document, "en")}

    def test_the_same_document_is_the_same_file(self, app: Flask, document: Document) -> None:
        assert as_pdf(document, "en") == as_pdf(document, "en")

    def test_an_empty_table_and_no_block_at_all_are_documents(self, app: Flask) -> None:
        empty = Table("Nothing", (Column("Name"),), ())
        assert as_pdf(Document("Empty", (empty,), date(2026, 11, 28)), "en").startswith(b"%PDF-")
        assert as_pdf(Document("Empty", (), date(2026, 11, 28)), "en").startswith(b"%PDF-")


class TestInASpreadsheet:
    def test_amounts_and_days_can_be_added_up_and_sorted(self, document: Document) -> None:
        (sheet,) = load_workbook(io.BytesIO(as_xlsx(document))).worksheets
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows == [
            ["Name", "Days", "Amount, USD", "Due"],
            ["Zola", 3, 1234.56, datetime(2026, 12, 1)],  # noqa: DTZ001 (a cell has no zone)
            ["=HYPERLINK(1)", None, 0.05, None],
            ["Together", None, 1234.61, None],
        ]
        assert sheet["A3"].data_type == "s", "what looks like a formula is text"
        assert sheet["C2"].number_format == "#,##0.00"
        assert sheet.freeze_panes == "A2"

    def test_two_tables_of_one_name_are_two_sheets_that_every_spreadsheet_takes(self) -> None:
        document = Document("Two", (PAY_LIST, PAY_LIST), date(2026, 11, 28))
        names = load_workbook(io.BytesIO(as_xlsx(document))).sheetnames
        assert names == ["1 Pay list  1 2   money on arri", "2 Pay list  1 2   money on arri"]

    def test_csv_has_plain_figures_and_runs_nothing(self) -> None:
        assert as_csv(PAY_LIST).splitlines() == [
            '\ufeffName,Days,"Amount, USD",Due',
            "Zola,3,1234.56,2026-12-01",
            "'=HYPERLINK(1),,0.05,",
            "Together,,1234.61,",
        ]

    def test_a_currency_without_cents_has_none(self) -> None:
        yen = Column("Amount", Kind.AMOUNT, "JPY")
        assert yen.plain(1500) == Decimal(1500)
        assert as_csv(Table("", (yen,), ((1500,),))).splitlines()[1] == "1500"


class TestDescribing:
    def test_nothing_is_shown_as_nothing_and_never_as_0(self) -> None:
        assert Column("Amount", Kind.AMOUNT, "USD").shown(None) == ""

    def test_a_column_of_amounts_names_its_currency(self) -> None:
        with pytest.raises(ValueError, match="currency"):
            Column("Amount", Kind.AMOUNT)
        with pytest.raises(ValueError, match="currency"):
            Column("Name", currency="USD")

    def test_a_row_has_a_cell_for_each_column(self) -> None:
        with pytest.raises(ValueError, match="another number of cells"):
            Table("T", (Column("Name"),), (("a", "b"),))
        with pytest.raises(ValueError, match="another number of cells"):
            Table("T", (Column("Name"),), (), total=("a", "b"))


class TestCalendar:
    def test_a_reader_finds_whole_days_with_their_words(self) -> None:
        entry = Entry(
            "session-3-nominations",
            "Nominations close; a\\b, c\nd",
            date(2026, 12, 7),
            date(2026, 12, 8),
            datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
            "https://tracker.example/sessions/3",
            "Vienna",
        )
        feed = as_icalendar([entry], name="Deadlines", language="en", host="tracker.example")
        calendar = icalendar.Calendar.from_ical(feed)
        (event,) = calendar.walk("VEVENT")
        assert event.decoded("dtstart") == date(2026, 12, 7)
        assert event.decoded("dtend") == date(2026, 12, 9), "the end of whole days is the day after"
        assert str(event["uid"]) == "session-3-nominations@tracker.example"
        assert str(event["summary"]) == "Nominations close; a\\b, c\nd"
        assert str(calendar["x-wr-calname"]) == "Deadlines"

    def test_no_entry_is_an_empty_feed(self) -> None:
        calendar = icalendar.Calendar.from_ical(as_icalendar([], name="D", language="fr", host="h"))
        assert not calendar.walk("VEVENT")

    def test_an_entry_does_not_end_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="last day"):
            Entry("k", "t", date(2026, 12, 2), date(2026, 12, 1), datetime.now(UTC))
