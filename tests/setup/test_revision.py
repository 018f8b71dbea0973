"""A database of another revision is refused in a sentence, and one that differs from the models has each difference
named."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.services import processes
from tracker.extensions import db
from tracker.settings.configuration import ConfigurationError
from tracker.setup import checks, differences, revision, start
from tracker.supervisor import data

BEFORE, NEWER = "0001", "v9_9_9"


@pytest.fixture
def standing_at(owner, database):
    """Let the database say that it stands at another revision."""

    def stand_at(name):
        database.forget()
        owner.execute(sa.text("UPDATE alembic_version SET version_num = :name"), {"name": name})
        owner.commit()

    return stand_at


@pytest.fixture
def next_is_known(monkeypatch):
    """The program knows one revision more than the one the database stands at."""
    newest = revision.head()
    monkeypatch.setattr(revision, "known", lambda folder=None: [newest, "the_next"])
    monkeypatch.setattr(revision, "head", lambda folder=None: "the_next")
    return newest


SAID = [(BEFORE, "before version 0.1.0.*under another name and begin in"), (NEWER, "run the newer program")]


@pytest.mark.parametrize(("name", "said"), SAID)
class TestUnknown:
    def test_keeps_the_site_and_the_workers_from_starting(self, app, standing_at, name, said):
        standing_at(name)
        with pytest.raises(ConfigurationError, match=said):
            start.refuse_what_must_not_be_served(app)

    def test_is_not_migrated(self, app, standing_at, owner, name, said):
        standing_at(name)
        done = app.test_cli_runner().invoke(args=["db", "upgrade"])
        assert done.exit_code == 1
        assert revision.of(owner) == name

    def test_is_told_by_the_check(self, app, settings, standing_at, name, said):
        standing_at(name)
        with pytest.raises(checks.Failed, match=said):
            checks.schema(settings)

    def test_is_left_alone_by_make_run(self, settings, app, standing_at, name, said):
        standing_at(name)
        with pytest.raises(data.CannotRun, match=said):
            data.schema_version(settings)


def test_a_command_that_migrates_says_why_it_does_not(app, standing_at, caplog):
    standing_at(BEFORE)
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert "before version 0.1.0" in caplog.text


@pytest.mark.parametrize("process", ["web", "worker"])
def test_a_process_that_serves_ends_with_the_sentence(app, settings, standing_at, tmp_path, process):
    standing_at(BEFORE)
    refused = getattr(processes, process)(settings, tmp_path / "log", wait=False)
    assert refused.popen.wait(60) != 0
    assert "before version 0.1.0" in refused.log.read_text()


@pytest.mark.parametrize(("command", "asked"), [(["ledger", "verify"], True), (["setup", "translations"], False)])
def test_a_command_leaves_another_revision_alone(app, settings, standing_at, tmp_path, command, asked):
    standing_at(NEWER)
    run = processes.Process.start(["flask", "--app", "wsgi", *command], settings, tmp_path / "log")
    assert (run.popen.wait(60) != 0) is asked
    assert ("run the newer program" in run.log.read_text()) is asked


class TestOlder:
    def test_is_served_by_nobody_until_the_release_step_was_run(self, app, settings, next_is_known):
        with pytest.raises(ConfigurationError, match="the release step"):
            start.refuse_what_must_not_be_served(app)
        with pytest.raises(checks.Failed, match="the release step"):
            checks.schema(settings)

    @pytest.mark.engine("sqlite")
    def test_is_backed_up_and_migrated_by_make_run(self, app, settings, next_is_known, monkeypatch, tmp_path):
        commands, said = [], []
        monkeypatch.setattr(data, "carry_out", lambda steps, _log: commands.extend(step.command for step in steps))
        (tmp_path / "run").mkdir()
        data.prepare(replace(settings, data_dir=tmp_path), said.append)
        (copy,) = (tmp_path / "backups").iterdir()
        assert copy.name.endswith(f"before-migrating-{next_is_known}.sqlite3")
        assert said == [f"Keeping a backup in {copy}"]
        assert commands[:2] == [["db", "upgrade"], ["reference", "load"]]


def test_a_demonstration_whose_database_is_away_starts_and_production_does_not(app, monkeypatch):
    away = replace(app.extensions["tracker_settings"], environment="production")

    def gone():
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(db.session, "connection", gone)
    start.refuse_another_revision(app)
    monkeypatch.setitem(app.extensions, "tracker_settings", away)
    with pytest.raises(ConfigurationError, match="connection refused"):
        start.refuse_another_revision(app)


class TestDifferences:
    @pytest.fixture
    def told(self, app, owner, database):
        """Do something to the schema as its owner; give what the check then names."""

        def do(*statements):
            database.forget()
            db.session.remove()
            for statement in statements:
                owner.exec_driver_sql(statement)
            owner.commit()
            with db.engine.connect() as connection:
                return differences.between(connection)

        return do

    def test_are_none_in_a_database_that_was_migrated(self, told):
        assert told() == []

    @pytest.mark.parametrize(
        ("statement", "named"),
        [
            ("DROP INDEX ix_areas_parent", ["index ix_areas_parent is missing"]),
            ("CREATE INDEX ix_ours ON areas (name_en)", ["index ix_ours is too much"]),
            ("ALTER TABLE areas ADD COLUMN colour VARCHAR(20)", ["column areas.colour is too much"]),
            ("ALTER TABLE areas DROP COLUMN source", ["column areas.source is missing"]),
            ("CREATE TABLE recipes (id INTEGER)", ["table recipes is too much"]),
            ("DROP TABLE saved_views", ["table saved_views is missing"]),
        ],
    )
    def test_of_tables_are_named(self, told, statement, named):
        found = told(statement)
        assert [one for one in found if "saved_views_" not in one] == named

    @pytest.mark.engine("sqlite")
    @pytest.mark.parametrize(
        ("statements", "named"),
        [
            (["DROP TRIGGER events_no_update"], "trigger events_no_update is missing"),
            (["DROP TRIGGER search_entries_added"], "trigger search_entries_added is missing"),
            (
                [
                    "DROP TRIGGER decisions_final_delete",
                    "CREATE TRIGGER decisions_final_delete BEFORE DELETE ON decisions BEGIN SELECT 1; END",
                ],
                "trigger decisions_final_delete is switched off or does something else",
            ),
            (
                [
                    "PRAGMA writable_schema = ON",
                    "UPDATE sqlite_master SET sql = replace(sql, 'BETWEEN 0 AND 400', 'BETWEEN 0 AND 900')"
                    " WHERE name = 'clock_rules'",
                ],
                "constraint ck_clock_rules_days_sensible says something else",
            ),
        ],
    )
    def test_of_triggers_and_conditions_are_named_on_sqlite(self, told, statements, named):
        assert told(*statements) == [named]

    @pytest.mark.engine("postgresql")
    @pytest.mark.parametrize(
        ("statement", "named"),
        [
            ("DROP TRIGGER events_no_change ON events", "trigger events_no_change is missing"),
            (
                "ALTER TABLE acts DISABLE TRIGGER acts_no_change",
                "trigger acts_no_change is switched off or does something else",
            ),
            (
                "CREATE OR REPLACE FUNCTION decisions_are_final() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$",
                "trigger decisions_final is switched off or does something else",
            ),
            (
                "ALTER TABLE clock_rules DROP CONSTRAINT ck_clock_rules_days_sensible",
                "constraint ck_clock_rules_days_sensible is missing",
            ),
            (
                "ALTER TABLE assistance_requests DROP CONSTRAINT fk_assistance_requests_note_id",
                "foreign key fk_assistance_requests_note_id is missing",
            ),
            ("DROP INDEX ix_search_entries_folded", "index ix_search_entries_folded is missing"),
            ("GRANT UPDATE ON events TO tracker_application", "the application may UPDATE events"),
            ("GRANT UPDATE (amount_minor) ON transfers TO tracker_application", "the application may UPDATE transfers"),
            ("GRANT DELETE ON alembic_version TO tracker_application", "the application may DELETE alembic_version"),
            ("REVOKE INSERT ON areas FROM tracker_application", "the application may not INSERT areas"),
        ],
    )
    def test_of_guards_and_grants_are_named_on_postgresql(self, told, statement, named):
        assert told(statement) == [named]

    def test_are_told_by_the_check(self, told, settings):
        told("DROP INDEX ix_areas_parent")
        with pytest.raises(checks.Failed, match=r"index ix_areas_parent is missing.*flask db upgrade"):
            checks.schema(settings)
