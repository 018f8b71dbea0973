"""A list that is taken away: what leaves, what stays, what the file says of itself, and what is on record of it."""

import csv
import io
import re

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from tests.documents.without_export import REASONS
from tests.factories import assistance
from tests.factories import pledges as make
from tests.pledges.forms import fields_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.documents import lists
from tracker.documents.models import ListExport
from tracker.events.models import Event
from tracker.extensions import db
from tracker.settings.configuration import ROOT


@pytest.fixture
def export(app):
    """`export(person, address, **answers)`: the page of an export is opened and sent."""

    def send(someone, address, **answers):
        client = sign_in(app.test_client(), someone)
        shown = client.get(address)
        if shown.status_code != 200:
            return shown
        return client.post(address, data={**fields_of(shown.text), **answers})

    return send


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def taken():
    return db.session.scalars(sa.select(ListExport).order_by(ListExport.id)).all()


class TestAFile:
    def test_figures_are_figures_days_are_days_and_nothing_is_run(self, export):
        people = make.people()
        make.accepted(people, make.terms(100_00, title="=HYPERLINK(1)"))
        answer = export(people.finance, "/exports/pledges?status=accepted", format="xlsx")
        about, sheet = load_workbook(io.BytesIO(answer.get_data())).worksheets
        said = {row[0].value: row[1].value for row in about.iter_rows()}
        assert said["Filtered by"] == "Status: Accepted"
        assert (said["By"], said["Rows"]) == (people.finance.name, "1")
        heads = [cell.value for cell in sheet[1]]
        row = dict(zip(heads, sheet[2], strict=True))
        assert (row["Pledge"].value, row["Pledge"].data_type) == ("=HYPERLINK(1)", "s")
        assert row["Pledged"].value == 100
        assert row["Pledged"].number_format == "#,##0.00"
        assert row["Accepted on"].value.date() == today()
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:N{sheet.max_row}")
        note, _heads, line = rows_of(export(people.finance, "/exports/pledges?status=accepted", format="csv"))
        assert "Filtered by: Status: Accepted" in note[0]
        assert line[1] == "'=HYPERLINK(1)"
        nothing = export(people.finance, "/exports/pledges?status=closed", format="csv")
        assert len(rows_of(nothing)) == 2, "filters count"

    def test_of_more_rows_than_a_file_takes_it_has_the_first_and_says_so(self, export, monkeypatch):
        monkeypatch.setattr(lists, "MOST", 2)
        people = make.people()
        for _number in range(3):
            make.accepted(people)
        monkeypatch.setattr("tracker.documents.views.MOST", 2)
        lines = rows_of(export(people.finance, "/exports/pledges", format="csv"))
        assert len(lines) == 2 + 2
        assert "Rows: the first 2 of more" in lines[0][0]


class TestWhoAndWhat:
    def test_whoever_may_not_enter_the_page_may_not_take_the_list(self, app, export):
        people = make.people()
        assert export(people.officer, "/exports/people").status_code == 403
        assert export(people.officer, "/exports/no-such-list").status_code == 404
        assert app.test_client().get("/exports/pledges").status_code == 302
        assert taken() == []

    def test_confidential_rows_need_a_reason_and_strictly_confidential_ones_stay(self, export):
        people = assistance.People()
        drafter = people.drafter
        for title, marking in (
            ("Open", "unclassified"),
            ("Quiet", "confidential"),
            ("Secret", "strictly_confidential"),
        ):
            assistance.submitted(people, title=f"{title} matter", marking=marking)
        plain = export(drafter, "/exports/requests", format="csv").text
        assert "Open matter" in plain
        assert not {"Quiet matter", "Secret matter"} & {cell for row in rows_of_text(plain) for cell in row}
        assert "Left out: 2 rows" in plain
        refused = export(drafter, "/exports/requests", format="csv", confidential="y")
        assert refused.status_code == 422
        assert "Say why: some of the requests are confidential." in refused.text
        text = export(drafter, "/exports/requests", format="csv", confidential="y", reason="For the ministry.").text
        assert "Quiet matter" in text
        assert "Secret matter" not in text
        assert [(one.rows, one.confidential, one.reason) for one in taken()] == [
            (1, 0, ""),
            (2, 1, "For the ministry."),
        ]


def rows_of_text(text):
    return csv.reader(io.StringIO(text))


class TestTheTrace:
    def test_one_press_is_one_line_of_the_record_and_other_rows_are_another(self, app):
        people = make.people()
        make.accepted(people)
        client = sign_in(app.test_client(), people.finance)
        sent = {**fields_of(client.get("/exports/pledges?status=accepted").text), "format": "csv"}
        first = client.post("/exports/pledges?status=accepted", data=sent)
        again = client.post("/exports/pledges?status=accepted", data=sent)
        assert rows_of(first)[1:] == rows_of(again)[1:]
        (one,) = taken()
        assert (one.name, one.query, one.format, one.rows) == ("pledges", "status=accepted", "csv", 1)
        assert one.person_id == people.finance.person_id
        (event,) = db.session.scalars(sa.select(Event).where(Event.name == "documents.list_exported")).all()
        assert (event.actor_person_id, event.subject_id, event.data["rows"]) == (people.finance.person_id, one.id, 1)
        make.accepted(people)
        assert len(rows_of(client.post("/exports/pledges?status=accepted", data=sent))) == 4
        assert [row.rows for row in taken()] == [1, 2], "what else left is on record too"


def test_a_page_with_a_list_leads_to_its_export_or_says_why_not():
    templates = ROOT / "templates"
    lists_on = {
        str(path.relative_to(templates).with_suffix(""))
        for path in templates.rglob("*.html")
        if re.search(r"<table|data_table\(|pager\(|request_list\(", path.read_text())
        and "export_link(" not in path.read_text()
    }
    excused = [name for names in REASONS.values() for name in names]
    assert sorted(lists_on) == sorted(excused)
