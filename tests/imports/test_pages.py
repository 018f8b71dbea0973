"""The import page: nothing is changed before it was looked at, and twice is once."""

import io
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import reference as reference_data
from tests.services.people import sign_in
from tracker.accounts.queries.actors import actor_for
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.jobs import queries as job_queries
from tracker.jobs import services as jobs
from tracker.pledges.models import Pledge

REAL = Path(__file__).parents[1] / "data" / "real"


@pytest.fixture(autouse=True)
def with_reference(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()


@pytest.fixture
def manager(client):
    return sign_in(client, accounts.person("programme_manager"))


def work():
    """What the worker does."""
    for job_id in job_queries.waiting_ids():
        jobs.run(job_id, actor_for)
    db.session.rollback()


def send(client, name, what="requests", data=None, **said):
    content = data if data is not None else (REAL / name).read_bytes()
    return client.post("/imports/", data={"what": what, "file": (io.BytesIO(content), name), **said})


def public_id(answer):
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.location.rsplit("/", 1)[1]


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


class TestImporting:
    def test_shows_first_and_takes_over_when_told(self, manager):
        preview = public_id(send(manager, "undp_projects.json"))
        assert manager.get(f"/imports/{preview}").location.endswith(f"/jobs/{preview}")
        work()
        page = manager.get(f"/imports/{preview}").get_data(as_text=True)
        assert "69 rows will be taken over" in page
        assert "The amount must be above zero; it is 0." in page
        assert count(AssistanceRequest) == 0

        run = public_id(manager.post(f"/imports/{preview}/carry-out"))
        work()
        assert count(AssistanceRequest) == 69
        assert "The import is done." in manager.get(f"/imports/{run}").get_data(as_text=True)
        for address in (f"/jobs/{run}/report", "/imports/columns.csv"):
            table = manager.get(address)
            assert table.data.startswith(b"\xef\xbb\xbf")
            assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "undp_projects.json" in manager.get("/imports/").get_data(as_text=True)

    def test_takes_pledges_too(self, manager):
        preview = public_id(send(manager, "fts_flows_2020.csv", what="pledges"))
        work()
        manager.post(f"/imports/{preview}/carry-out")
        work()
        assert count(Pledge) == 738

    def test_pressing_twice_runs_once(self, manager):
        preview = public_id(send(manager, "un1540_assistance_requests.csv"))
        work()
        key = {"key": "0b0f8d32-6a6d-4d6c-9c1d-b9d4f2a8d111"}
        first, second = (manager.post(f"/imports/{preview}/carry-out", data=key) for _press in range(2))
        assert first.location == second.location

    @pytest.mark.parametrize(
        ("name", "data"),
        [("x.csv", b""), ("x.pdf", b"%PDF-1.7"), ("x.csv", b"\xff\xfe\x00\xd8"), ("x.xlsx", b"PK\x03\x04broken")],
    )
    def test_refuses_a_hostile_file_with_a_sentence(self, manager, name, data):
        answer = send(manager, name, data=data)
        if answer.status_code == 302:
            work()
            page = manager.get(answer.location).get_data(as_text=True)
            assert "Failed" in page
        else:
            assert answer.status_code in (413, 422)
        assert count(AssistanceRequest) == 0

    def test_a_table_of_another_kind_fails_with_a_sentence(self, manager):
        job = public_id(send(manager, "x.csv", data=b"a,b\n1,2\n"))
        work()
        page = manager.get(f"/jobs/{job}").get_data(as_text=True)
        assert "The columns are not known" in page
        assert 'class="button button--plain" href="/imports/">Begin again' in page

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("x.txt", "id\tstate\ttitle\r\n1\t肯尼亚\tx\r\n"),
            ("x.json", '[{"project_id": "1", "title": "x", "country": "Кения"}]'),
        ],
    )
    def test_takes_what_programs_save_in_utf_16(self, manager, name, text):
        preview = public_id(send(manager, name, data=text.encode("utf-16")))
        work()
        assert "1 row will be taken over" in manager.get(f"/imports/{preview}").get_data(as_text=True)

    def test_a_table_as_excel_saves_it_in_french_is_read_when_one_says_how(self, manager):
        data = "id;state;title;starts_on\n1;Sénégal;Enquête;01/02/2027\n".encode("windows-1252")
        answer = send(manager, "x.csv", data=data, dates="day-first")
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert "Say which encoding it has" in page
        assert '<option selected value="day-first">' in page

        said = {"encoding": "windows-1252", "dates": "day-first"}
        preview = public_id(send(manager, "x.csv", data=data, **said))
        work()
        page = manager.get(f"/imports/{preview}").get_data(as_text=True)
        assert "Enquête" in page
        assert "1 February 2027" in page or "1 Feb 2027" in page
        manager.post(f"/imports/{preview}/carry-out")
        work()
        assert db.session.scalars(sa.select(AssistanceRequest)).one().starts_on.isoformat() == "2027-02-01"

    def test_a_broken_table_says_at_which_line(self, manager):
        job = public_id(send(manager, "x.csv", data=b'id,state,title\n1,KEN,"open\n'))
        work()
        assert "Line 2 of the file is broken" in manager.get(f"/jobs/{job}").get_data(as_text=True)


class TestRights:
    def test_a_state_does_not_come_in(self, client):
        sign_in(client, accounts.person("focal_point", of="KEN"))
        assert client.get("/imports/").status_code == 403

    def test_an_officer_imports_no_pledges(self, client):
        sign_in(client, accounts.person("triage_officer"))
        assert 'value="pledges"' not in client.get("/imports/").get_data(as_text=True)
        assert send(client, "fts_flows_2020.csv", what="pledges").status_code == 422

    def test_a_colleagues_preview_is_not_mine(self, manager, app):
        preview = public_id(send(manager, "un1540_assistance_requests.csv"))
        other = sign_in(app.test_client(), accounts.person("triage_officer"))
        assert other.get(f"/imports/{preview}").status_code == 404
        assert other.post(f"/imports/{preview}/carry-out").status_code == 404


class TestTheReport:
    """What a row says is for those who may read requests; administrators watch over the machinery."""

    CANARY = "Witnesses of Kisumu"
    FILE = f"id,title,state,submitted_on\n1,Course,{CANARY},2024-01-05\n2,Course,,2024-01-05\n".encode()

    def report(self, app, role, preview):
        reader = sign_in(app.test_client(), accounts.person(role, of="UNODC"))
        return reader.get(f"/jobs/{preview}/report").get_data(as_text=True)

    def test_gives_an_administrator_row_field_and_kind_of_fault_only(self, app, manager):
        preview = public_id(send(manager, "x.csv", data=self.FILE))
        work()
        assert self.CANARY in manager.get(f"/jobs/{preview}/report").get_data(as_text=True)
        bare = self.report(app, "administrator", preview)
        assert self.CANARY not in bare
        assert "state,The State is not known: ….,not taken" in bare
        assert "state,The row names no State.,not taken" in bare

    def test_gives_an_auditor_the_words(self, app, manager):
        preview = public_id(send(manager, "x.csv", data=self.FILE))
        work()
        assert self.CANARY in self.report(app, "auditor", preview)
