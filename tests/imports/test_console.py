"""The imports at the console: what they print, their report, their exit code."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import reference as reference_data
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db
from tracker.imports.models import ImportRun

HINT = ("--encoding", "windows-1252")
FRENCH = """id;state;title;language;amount;currency;starts_on
1;Sénégal;Enquête;fr;1 234,50;EUR;31/12/2026
2;Bénin;x;fr;;;01/02/2027
"""


@pytest.fixture
def run(app, tmp_path):
    reference_data.loaded()
    file = tmp_path / "demandes.csv"
    file.write_bytes(FRENCH.encode("windows-1252"))

    def run(*arguments):
        return app.test_cli_runner().invoke(args=["requests", "import", str(file), *arguments])

    return run


def count():
    return db.session.scalar(sa.select(sa.func.count()).select_from(AssistanceRequest))


def test_what_is_refused_ends_with_a_sentence_and_1(run):
    result = run()
    assert (result.exit_code, count()) == (1, 0)
    assert "Say which encoding it has" in result.output


def test_a_dry_run_shows_rows_as_they_were_understood_and_changes_nothing(run):
    result = run("--encoding", "windows-1252", "--dry-run")
    assert (result.exit_code, count()) == (0, 0)
    assert "SEN\tEnquête\t1234.50 EUR\t2026-12-31" in result.output
    assert "“31/12/2026” as 2026-12-31" in result.output
    assert "new, to be taken over: 2" in result.output


def test_the_report_has_what_the_screen_has(run, tmp_path):
    result = run("--encoding", "windows-1252", "--report", str(tmp_path / "report.csv"))
    assert (result.exit_code, count()) == (0, 2)
    assert "2027-02-01" in result.output
    assert "imported: 2" in result.output
    assert "Days were read with the day first" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")


def test_a_report_that_cannot_be_written_is_a_sentence(run, tmp_path):
    result = run("--encoding", "windows-1252", "--report", str(tmp_path / ("a" * 300)))
    assert (result.exit_code, count()) == (1, 2)
    assert "The report could not be written" in result.output


def test_help_names_the_columns(app):
    result = app.test_cli_runner().invoke(args=["requests", "import", "--help"])
    assert "submitted_on" in result.output
    assert "windows-1252" in result.output


class TestARunThatWasKilled:
    @pytest.fixture
    def killed(self, run, monkeypatch):
        """A run of two rows whose process ended after the first."""

        def one_row_then_the_end(rows, take, _progress):
            take(rows[:1])
            raise SystemExit(137)

        monkeypatch.setattr("tracker.imports.runs.take_in_parts", one_row_then_the_end)
        assert run(*HINT).exit_code == 137
        monkeypatch.undo()
        assert count() == 1
        return db.session.scalars(sa.select(ImportRun.id)).one()

    @pytest.fixture
    def later(self, killed):
        with shifted(now() + timedelta(minutes=11)):
            yield

    def page(self, app):
        app.config["WTF_CSRF_ENABLED"] = False
        return sign_in(app.test_client(), accounts.person("programme_manager")).get("/imports/").text

    def test_is_under_way_as_long_as_it_may_be(self, app, killed):
        assert "Under way" in self.page(app)
        undone = app.test_cli_runner().invoke(args=["imports", "undo", str(killed)])
        assert (undone.exit_code, count()) == (1, 1)
        assert "This import is still under way." in undone.output

    def test_is_said_to_have_stopped_with_what_can_be_done(self, app, killed, later):
        page = self.page(app)
        assert "Under way" not in page
        assert "Stopped at the console before its end" in page
        assert f"flask imports undo {killed}" in page
        listed = app.test_cli_runner().invoke(args=["imports", "list"]).output
        assert re.fullmatch(rf"{killed}\t.*\trequests\tdemandes.csv\tkilled\n", listed)

    def test_counts_from_its_last_row(self, app, killed, later):
        with transaction():
            update_where(ImportRun, ImportRun.id == killed, at=now() - timedelta(days=1))
        assert "Stopped at the console" in self.page(app)
        with transaction():
            update_where(ImportRun, ImportRun.id == killed, grew_at=now() - timedelta(minutes=9))
        assert "Under way" in self.page(app)

    def test_goes_on_with_the_same_file(self, app, run, killed, later):
        assert "imported: 2" in run(*HINT).output
        (ended,) = db.session.scalars(sa.select(ImportRun)).all()
        assert (count(), ended.id, ended.status, ended.counts) == (2, killed, "done", {"imported": 2})
        assert "Stopped" not in self.page(app)

    def test_can_be_undone(self, app, killed, later):
        undone = app.test_cli_runner().invoke(args=["imports", "undo", str(killed)])
        assert (undone.exit_code, count()) == (0, 0)
        assert "Rows taken back: 1; rows that stay: 0." in undone.output
        assert db.session.scalars(sa.select(ImportRun.status)).one() == "undone"
        assert set(db.session.scalars(sa.select(Event.name))) >= {"assistance.imported", "imports.undone"}
        assert app.test_cli_runner().invoke(args=["imports", "undo", str(killed)]).exit_code == 1

    def test_no_run_of_that_number_is_a_sentence(self, app, killed):
        assert "There is no import 77." in app.test_cli_runner().invoke(args=["imports", "undo", "77"]).output


def test_what_was_imported_at_the_console_to_its_end_can_be_undone_there(app, run):
    run(*HINT)
    undone = app.test_cli_runner().invoke(args=["imports", "undo", "1"])
    assert (undone.exit_code, count()) == (0, 0)
