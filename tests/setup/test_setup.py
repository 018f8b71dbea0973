"""`flask setup check` tries every part and says what to do; production refuses what only suits a demonstration."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.factories.accounts import person
from tests.services import processes
from tests.services.postgresql import wait_for
from tests.services.smtp import SmtpSink
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.settings.configuration import ConfigurationError
from tracker.setup import checks, queries, services, translations
from tracker.setup.models import SIGN_OF_LIFE
from tracker.setup.start import end_a_command, refuse_demonstration_accounts


def told(results, name):
    return next(result for result in results if result.name == name)


class TestCheck:
    def test_names_what_is_missing_and_what_to_do(self, app, settings):
        results = checks.run(replace(settings, redis_url="redis://127.0.0.1:1/0"), mail_to=None)
        assert not told(results, "broker").well
        assert "REDIS_URL" in told(results, "broker").sentence
        assert "celery" in told(results, "beat").sentence
        assert "BASE_URL" in told(results, "BASE_URL").sentence
        assert told(results, "configuration").sentence.startswith(f"version {checks.version()}, demo on ")
        assert {"configuration", "database", "schema", "files folder"} <= {r.name for r in results if r.well}

    def test_is_content_where_everything_runs(self, app, settings, site, worker, smtp):
        services.mark(SIGN_OF_LIFE)
        person("administrator")
        person("administrator")
        results = checks.run(replace(settings, smtp_url=smtp.url), mail_to="operator@example.org")
        assert [result for result in results if not result.well and result.name != "backup target"] == []
        assert [mail.subject for mail in smtp.to("operator@example.org")] == ["Assistance Tracker: test mail"]

    def test_says_when_nobody_could_give_a_role_alone(self, app):
        person("administrator")
        with pytest.raises(checks.Failed, match=r"Only 1 can act.*flask accounts create"):
            checks.administrators()
        person("administrator")
        assert checks.administrators() == "2 can act"

    def test_ends_with_an_error_when_something_must_be_mended(self, app):
        done = app.test_cli_runner().invoke(args=["setup", "check"])
        assert done.exit_code == 1
        assert "MEND  beat" in done.output

    def test_says_once_that_the_database_is_gone(self, app):
        def gone():
            raise OperationalError("SELECT 1", {}, Exception("connection refused\nIs it running?"))

        said = "It does not answer (connection refused): start it or see DATABASE_URL."
        assert checks._try("database", gone).sentence == said
        assert "see above" in checks._try("accounts", gone).sentence

    def test_says_why_the_site_cannot_be_reached(self, settings):
        sink = SmtpSink()
        sink.server_close()
        with pytest.raises(checks.Failed, match=r"\(Connection refused\)"):
            checks.base_url(replace(settings, base_url=sink.url.replace("smtp", "http")))

    def test_says_that_the_broker_wants_another_password(self, settings, broker):
        url = broker.url.replace("://", "://someone:wrong@")
        with pytest.raises(checks.Failed, match="refuses"):
            checks.broker(replace(settings, redis_url=url))

    def test_says_that_the_copying_program_is_older_than_the_database(self, tmp_path, monkeypatch):
        old = tmp_path / "pg_dump"
        old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        old.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(checks.Failed, match=r"9\.6\.24.*17"):
            checks.refuse_an_older_pg_dump(17)

    def test_refuses_an_address_that_is_none(self, app):
        done = app.test_cli_runner().invoke(args=["setup", "check", "--mail-to", "nobody"])
        assert done.exit_code == 2
        assert "Enter one e-mail address" in done.output

    @pytest.mark.engine("sqlite")
    def test_says_that_a_schema_is_missing(self, app, settings):
        db.session.execute(sa.text("DROP TABLE alembic_version"))
        with pytest.raises(checks.Failed, match="flask db upgrade"):
            checks.schema(settings)

    def test_says_when_the_mail_server_is_gone(self, settings):
        sink = SmtpSink()
        sink.server_close()
        with pytest.raises(checks.Failed, match="SMTP_URL"):
            checks.mail(replace(settings, smtp_url=sink.url), None)


@pytest.mark.worker
def test_beat_leaves_a_sign_of_life_through_a_worker(app, settings, worker, tmp_path):
    assert queries.seconds_since_sign_of_life() is None
    from tracker.extensions import celery

    celery.send_task("housekeeping.sign_of_life", ignore_result=True)

    def there():
        from tracker.extensions import db

        db.session.rollback()
        return queries.seconds_since_sign_of_life() is not None

    wait_for(there, seconds=20, what="the sign of life")
    assert "sign_of_life[" not in worker.log.read_text(), "every sweep would leave its lines"


def test_a_command_without_its_database_ends_with_a_sentence(capsys):
    gone = OperationalError("SELECT 1", {}, Exception("connection refused\nIs it running?"))
    end_a_command(type(gone), gone, None)
    assert capsys.readouterr().err == "The database cannot be asked (connection refused): see `flask setup check`.\n"
    end_a_command(ValueError, ValueError("a fault of ours"), None)
    assert "ValueError" in capsys.readouterr().err


def test_a_command_without_its_schema_says_how_it_is_made(app, capsys):
    with pytest.raises(DBAPIError) as fault:
        db.session.execute(sa.text("SELECT 1 FROM absent"))
    db.session.rollback()
    end_a_command(fault.type, fault.value, None)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "run `flask db upgrade`" in said


@pytest.mark.engine("postgresql")
def test_a_command_of_the_wrong_role_says_which_role_is_needed(app, capsys):
    with pytest.raises(DBAPIError) as fault:
        db.session.execute(sa.text("CREATE TABLE ours (id integer)"))
    db.session.rollback()
    end_a_command(fault.type, fault.value, None)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "MIGRATION_DATABASE_URL" in said


class TestDemonstrationAccounts:
    @pytest.fixture
    def in_production(self, app, settings, monkeypatch):
        monkeypatch.setitem(app.extensions, "tracker_settings", replace(settings, environment="production"))
        return app

    def test_keep_production_from_starting(self, in_production):
        from tracker.accounts.models import Person
        from tracker.extensions import db

        someone = person("triage_officer")
        with transaction():
            db.session.get(Person, someone.person_id).demonstration = True
        with pytest.raises(ConfigurationError, match="demonstration accounts"):
            refuse_demonstration_accounts(in_production)

    def test_a_list_without_anybody_is_a_file_all_the_same(self, app, tmp_path):
        file = tmp_path / "accounts.txt"
        app.test_cli_runner().invoke(args=["setup", "accounts", "--output", str(file)])
        assert file.read_text() == ""

    def test_are_listed_for_whoever_starts_a_demonstration(self, app):
        person("triage_officer", name="Ada Officer", email="ada@demo.example", demonstration=True)
        person("donor_signatory", "donor_administrator", name="Eli Donor", email="eli@demo.example", demonstration=True)
        person("auditor", name="Not Shown")
        done = app.test_cli_runner().invoke(args=["setup", "accounts"])
        assert done.exit_code == 0
        office, ada, donor, eli, further = done.output.splitlines()
        assert ada == "  Ada Officer  ada@demo.example  Triage officer"
        assert eli == "  Eli Donor    eli@demo.example  Donor signatory"
        assert further == f"{'':{eli.index('Donor s')}}Administrator of the donor"
        assert not office.startswith(" ")
        assert not donor.startswith(" ")
        assert "Not Shown" not in done.output

    def test_are_welcome_in_a_demonstration_and_absent_from_a_new_database(self, app, in_production):
        refuse_demonstration_accounts(in_production)


def test_only_catalogues_that_changed_are_compiled(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "a"\nmsgstr "é"\n'
    )
    assert translations.compile_stale(tmp_path) == 1
    assert (folder / "messages.mo").exists()
    assert translations.compile_stale(tmp_path) == 0


def test_a_process_reads_the_very_settings_of_its_test(settings):
    from tracker.settings.configuration import Settings

    assert Settings.from_env(processes.environment(settings)) == replace(settings, embedded_broker=False)
