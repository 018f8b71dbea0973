"""The imports at the console: what they print, their report, their exit code."""

import pytest
import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.reference import loader

FRENCH = """id;state;title;language;amount;currency;starts_on
1;Sénégal;Enquête;fr;1 234,50;EUR;31/12/2026
2;Bénin;x;fr;;;01/02/2027
"""


@pytest.fixture
def run(app, tmp_path):
    loader.load()
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
