"""Every list and its export: page, CSV and XLSX have the same rows for each of its readers; nothing leaves that may
not."""

import csv
import html
import io
import re
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.rights import probing
from tests.rights.exported import READERS, address_of, page_of, rows_on
from tests.rights.people import CANARIES
from tracker.documents import lists

WALKED = [(name, reader) for name, readers in READERS.items() for reader in readers]
ASKED = {"confidential": "y", "reason": "Asked for by the Member States", "csrf_token": ""}


@pytest.fixture
def taken(matrix_app, built_world):
    """`taken(name, reader, form)`: the export of a list as its reader gets it."""
    probing.without_tokens(matrix_app)

    def take(name, reader, form):
        client = matrix_app.test_client(use_cookies=False)
        cookie = {"Cookie": built_world.cookies[reader]}
        with matrix_app.app_context(), probing.nothing_kept() as commits:
            answer = client.post(address_of(name, built_world), headers=cookie, data={**ASKED, "format": form})
        assert answer.status_code == 200, answer.text
        assert commits, "it is on record"
        return answer

    return take


def cells_of(answer):
    """What the first line of a CSV says, the heads, and the rows."""
    note, heads, *rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    return note, heads, rows


def as_csv(cell):
    """A cell of a spreadsheet as it stands in a CSV."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell


def pages(app, world, reader, address):
    """The page and those that follow it."""
    found, client = "", app.test_client(use_cookies=False)
    while address:
        with app.app_context(), probing.nothing_kept():
            shown = client.get(address, headers={"Cookie": world.cookies[reader]})
        assert shown.status_code == 200
        found += shown.text
        following = re.search(r'href="([^"]+)" rel="next"', shown.text)
        address = html.unescape(following[1]) if following else ""
    return found


def same(sheet, text):
    """Whether a cell of the sheet says what the CSV says; figures are compared as figures."""
    if isinstance(sheet, int | float):
        return float(text) == pytest.approx(sheet)
    return text.removeprefix("'") == str(as_csv(sheet)) or text == as_csv(sheet)


def test_every_list_is_walked(matrix_app):
    assert sorted(READERS) == [kind.name for kind in lists.registered()]
    assert {name for name, readers in READERS.items() if len(readers) < 2} == set(ONE_READER)


ONE_READER: dict[str, str] = {}
"""Lists that one role alone reads."""


def test_a_list_is_open_to_those_who_may_enter_its_page(matrix_app):
    open_to = {kind.name: frozenset(kind.access) for kind in lists.registered()}
    pages = {kind.name: matrix_app.view_functions[kind.endpoint].access for kind in lists.registered()}
    assert open_to == pages


@pytest.mark.parametrize(("name", "reader"), WALKED)
def test_page_and_both_files_hold_the_same_rows(matrix_app, built_world, taken, name, reader):
    note, heads, rows = cells_of(taken(name, reader, "csv"))
    workbook = load_workbook(io.BytesIO(taken(name, reader, "xlsx").get_data()))
    about, sheet = workbook.worksheets
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == heads
    inside = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert len(inside) == len(rows)
    for of_sheet, of_csv in zip(inside, rows, strict=True):
        assert all(same(one, other) for one, other in zip(of_sheet, of_csv, strict=True)), (of_sheet, of_csv)
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said["By"] == built_world.people[reader].name
    assert all(f"{label}: {words}" in note[0] for label, words in said.items() if label != "Made on")
    shown = pages(matrix_app, built_world, reader, page_of(matrix_app, name, built_world))
    left_out = int(re.match(r"\d+", said["Left out"])[0]) if "Left out" in said else 0
    assert rows_on(name, shown) == len(rows) + left_out
    assert rows or name in EMPTY, "a list without rows shows nothing here"
    plain = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())
    for row in rows:
        first = " ".join(next(cell for cell in row if cell).removeprefix("'").split())
        assert first in plain, row
    if rows:
        assert f'href="/exports/{name}' in shown


EMPTY = {"deliveries"}
"""Lists that hold nothing in the world of rights; tests of their rooms fill them."""


@pytest.mark.parametrize(("name", "reader"), WALKED)
def test_nothing_strictly_confidential_and_nothing_of_others_leaves(taken, name, reader):
    text = taken(name, reader, "csv").text.lower()
    assert "quokkastrict" not in text
    assert not {word for word in CANARIES if word in text and reader not in CANARIES[word]}
