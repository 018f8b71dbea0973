"""Tables as people save them: other marks and orders, titles above, sheets before, notes beside."""

import contextlib
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from tracker.errors import Invalid, TooLarge
from tracker.imports.reading import Source
from tracker.imports.tables import MOST_CELLS, OUTSIDE, table_rows

COLUMNS = ("id", "state", "amountUSD")


def rows(text, columns=COLUMNS):
    return list(table_rows(Source("x.csv", "csv", text.encode()), columns))


class TestCsv:
    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_any_mark_and_line_end(self, mark, end):
        text = end.join(mark.join(row) for row in [COLUMNS, ('"1,;"', '"a\n\nb"', "5"), ("2", "c", "6")])
        read = rows(text)
        assert [number for number, _cells in read] == [2, 3]
        assert read[0][1] == {"id": "1,;", "state": "a\n\nb", "amountUSD": "5"}

    @pytest.mark.parametrize("above", ["sep=;\r\n", "Requests of 2026;;\n\n", "\n\n;;;\n", "Title, with a comma\n"])
    def test_lines_above_the_names_of_columns(self, above):
        assert rows(f"{above}id;state;amountUSD\n1;KEN;5\n")[0][1] == {"id": "1", "state": "KEN", "amountUSD": "5"}

    def test_names_of_columns_in_any_case_and_order(self):
        assert rows("AMOUNTusd,\ufeffState , ID\n5,KEN,1\n")[0][1] == {"id": "1", "state": "KEN", "amountUSD": "5"}

    def test_hashtags_below_the_names_are_no_row(self):
        assert [number for number, _cells in rows("id,state\n#id,#country\n1,KEN\n#2,#x\n")] == [3, 4]

    def test_text_beside_the_columns_is_kept_apart(self):
        assert rows("id,state,\n1,KEN,,\n2,KEN,a,b\n") == [
            (2, {"id": "1", "state": "KEN"}),
            (3, {"id": "2", "state": "KEN", OUTSIDE: "a b"}),
        ]

    def test_a_long_text_is_no_reason_to_refuse_the_file(self):
        assert len(rows(f"id,state\n1,{'x' * 3_000_000}\n")[0][1]["state"]) == 3_000_000

    @pytest.mark.parametrize(
        "text", ['id,state\n1,"open\n2,a\n', 'id,state\n1,"a" b\n', "id,ID\n1,2\n", "id,state\n\0,"]
    )
    def test_broken_ones_are_refused_with_a_sentence(self, text):
        with pytest.raises(Invalid):
            rows(text)

    @given(st.text(st.characters(codec="utf-8"), max_size=300))
    def test_any_text_is_rows_or_refused(self, text):
        with contextlib.suppress(Invalid):
            assert all(cells for _number, cells in rows(text))


class TestXlsx:
    def read(self, fill):
        book = openpyxl.Workbook()
        fill(book, book.active)
        out = io.BytesIO()
        book.save(out)
        return list(table_rows(Source("x.xlsx", "xlsx", out.getvalue()), COLUMNS))

    def test_the_visible_sheet_that_names_the_columns_is_read(self):
        def fill(book, cover):
            cover.append(["Fill the next sheet"])
            hidden = book.create_sheet()
            hidden.append(COLUMNS)
            hidden.append([9, "UGA", 9])
            hidden.sheet_state = "hidden"
            sheet = book.create_sheet()
            sheet.append(COLUMNS)
            sheet.append([1, "KEN", 5])

        assert self.read(fill) == [(2, {"id": "1", "state": "KEN", "amountUSD": "5"})]

    def test_formulas_and_escaped_characters_are_text(self):
        def fill(_book, sheet):
            sheet.append([*COLUMNS, "no_x0000_te"])
            sheet["A2"] = ArrayFormula("A2:A3", "=SUM(1)")
            sheet["B2"] = "_x0041_ and _x"

        assert self.read(fill)[0][1] == {"id": "=SUM(1)", "state": "A and _x", "amountUSD": "", "note": ""}

    def test_a_far_cell_does_not_make_a_million_rows(self):
        def fill(_book, sheet):
            sheet.append(COLUMNS)
            sheet.append([1, "KEN", 5])
            sheet["XFD1048576"] = " "

        assert len(self.read(fill)) == 1

    def packed(self, part, content):
        """A small workbook with one of its parts replaced."""
        book, out, packed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
        book.active.append(COLUMNS)
        book.save(out)
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, content if name == part else old.read(name))
        return Source("x.xlsx", "xlsx", packed.getvalue())

    def test_rows_that_unpack_to_millions_of_cells_are_refused(self):
        wide = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, MOST_CELLS // 16_384 + 2))
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        sheet = f'<worksheet xmlns="{space}"><sheetData>{wide}</sheetData></worksheet>'
        with pytest.raises(TooLarge):
            list(table_rows(self.packed("xl/worksheets/sheet1.xml", sheet), COLUMNS))

    def test_styles_that_unpack_to_gigabytes_are_refused(self):
        with pytest.raises(TooLarge):
            list(table_rows(self.packed("xl/styles.xml", " " * 9_000_000), COLUMNS))
