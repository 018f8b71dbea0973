"""Files from outside: broken, hostile or of another kind are refused with a sentence."""

import io
import zipfile

import openpyxl
import pytest

from tracker.errors import Invalid, TooLarge
from tracker.imports.reading import LARGEST, json_list, open_source, xml_root
from tracker.imports.report import Done, Finding, Report
from tracker.imports.tables import MOST_ROWS, MOST_WRITTEN, table_rows


def source(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return open_source(path)


class TestOpening:
    def test_goes_by_content_and_not_by_name(self, tmp_path):
        assert source(tmp_path, "a.csv", "<iati-activities/>").type == "xml"
        assert source(tmp_path, "a.xml", '[{"a": 1}]').type == "json"
        assert source(tmp_path, "a.json", "id,state\n1,KEN\n").type == "csv"

    def test_refuses_more_than_the_limit(self, tmp_path):
        path = tmp_path / "big.csv"
        with path.open("wb") as file:
            file.truncate(LARGEST + 1)
        with pytest.raises(TooLarge):
            open_source(path)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"  \n ",
            b"%PDF-1.7 ...",
            b"\x89PNG\r\n",
            b"<!doctype html><p>no",
            "caf\xe9,b\n".encode("latin-1"),
            b"MZ\x00\x01",
        ],
    )
    def test_refuses_what_is_no_table(self, tmp_path, data):
        with pytest.raises(Invalid):
            list(table_rows(source(tmp_path, "x.csv", data)))

    def test_reads_utf_16_with_its_mark(self, tmp_path):
        rows = list(table_rows(source(tmp_path, "x.csv", "id;state\n1;Кения\n".encode("utf-16"))))
        assert rows == [(2, {"id": "1", "state": "Кения"})]


class TestSpreadsheets:
    def book(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def test_keeps_formulas_as_text_and_numbers_as_numbers(self, tmp_path):
        data = self.book(
            ["id", "title", "amount"], [1, '=HYPERLINK("http://example.org")', 12.5], [None, None, None], [2, "x", 3.0]
        )
        rows = list(table_rows(source(tmp_path, "x.xlsx", data)))
        assert rows[0] == (2, {"id": "1", "title": '=HYPERLINK("http://example.org")', "amount": "12.5"})
        assert rows[1] == (4, {"id": "2", "title": "x", "amount": "3"})

    def test_refuses_archives_that_are_no_spreadsheet(self, tmp_path):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("evil.txt", "x")
        with pytest.raises(Invalid):
            list(table_rows(source(tmp_path, "x.xlsx", out.getvalue())))

    def test_refuses_what_unpacks_to_too_much(self, tmp_path):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * (201 * 1024 * 1024))
        with pytest.raises(TooLarge):
            list(table_rows(source(tmp_path, "x.xlsx", out.getvalue())))

    @pytest.mark.parametrize(
        ("part", "content"),
        [
            ("xl/worksheets/sheet1.xml", b'<row r="1"><c r="A1"/></row>' * (MOST_ROWS + 1)),
            ("xl/worksheets/sheet1.xml", b"<row>" + b"<c /><c></c>" * (MOST_WRITTEN // 2 + 1)),
            ("xl/sharedStrings.xml", b"<si><t>x</t></si>" * (MOST_WRITTEN + 1)),
        ],
    )
    def test_refuses_too_many_rows_and_cells_before_any_is_read(self, tmp_path, part, content):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/workbook.xml", "this is never read")
            archive.writestr(part, content)
        with pytest.raises(TooLarge):
            list(table_rows(source(tmp_path, "x.xlsx", out.getvalue())))

    def test_refuses_a_broken_one(self, tmp_path):
        with pytest.raises(Invalid):
            list(table_rows(source(tmp_path, "x.xlsx", self.book(["id"])[:300])))


class TestMarkup:
    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE a [<!ENTITY b "c">]><iati-activities version="2.03">&b;</iati-activities>',
            '<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>',
            "<iati-activities><open></iati-activities>",
        ],
    )
    def test_refuses_entities_and_broken_xml(self, tmp_path, text):
        with pytest.raises(Invalid):
            xml_root(source(tmp_path, "x.xml", text))

    def test_refuses_a_document_type_in_any_encoding_and_place(self, tmp_path):
        late = f"<!--{'x' * 5_000}--><!DOCTYPE a><iati-activities/>"
        wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><iati-activities/>'
        for data in (late, wide.encode("utf-16")):
            with pytest.raises(Invalid):
                xml_root(source(tmp_path, "x.xml", data))

    @pytest.mark.parametrize("text", ["[" * 100_000, '{"a": 1}', "[1, 2]", '[{"a": 1},', '[{"b": 1}]', "[]"])
    def test_refuses_json_that_is_no_list_of_records(self, tmp_path, text):
        with pytest.raises(Invalid):
            json_list(source(tmp_path, "x.json", text), "id")

    @pytest.mark.parametrize(
        "text",
        [
            '[{"id": 1}]',
            '{"id": 1}',
            '{"meta": [{"a": 1}, {"a": 2}], "data": {"results": [{"id": 1}]}}',
            '{"first": {"id": 1}}',
            ' var projects = [{"id": 1}];\n',
        ],
    )
    def test_finds_the_records_wherever_they_lie(self, tmp_path, text):
        assert json_list(source(tmp_path, "x.json", text), "id") == [{"id": 1}]

    def test_an_object_a_line_is_a_list(self, tmp_path):
        assert json_list(source(tmp_path, "x.json", '{"id": 1}\n\n{"id": 2}\n'), "id") == [{"id": 1}, {"id": 2}]

    def test_says_when_the_encoding_is_not_the_one_named(self, tmp_path):
        text = '<?xml version="1.0" encoding="UTF-8"?><iati-activities>été</iati-activities>'
        with pytest.raises(Invalid, match="not in the encoding that it names"):
            xml_root(source(tmp_path, "x.xml", text.encode("latin-1")))


def test_an_old_or_locked_workbook_is_told_apart(tmp_path):
    with pytest.raises(Invalid, match="a password"):
        source(tmp_path, "x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def test_a_report_for_a_person_ends_somewhere_and_says_what_is_left():
    report = Report(findings=[Finding(n, "id", "The row has no identifier.", Done.SKIPPED) for n in range(100)])
    assert report.as_csv(str).count("\n") == 101
    lines = report.as_csv(str, most=1_000).splitlines()
    assert len(lines) < 40
    assert f"There are {100 - (len(lines) - 2)} more remarks" in lines[-1]
