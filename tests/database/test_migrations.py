"""The schema: made by migrations alone, guarded by the database itself, equal to the models."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from migrations import guards
from tests.services.databases import close
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.settings.configuration import ROOT

DIRECTORY = str(ROOT / "migrations")


def test_the_schema_equals_the_models(app):
    """Tables, columns, indexes, keys and CHECKs; on SQLite also what the CHECKs say."""
    checked = app.test_cli_runner().invoke(args=["db", "check"])
    assert checked.exit_code == 0, f"run `make migration`: {checked.output}"


def test_the_schema_can_be_taken_down_and_put_up_again(app, database):
    database.forget()
    downgrade(directory=DIRECTORY, revision="base")
    upgrade(directory=DIRECTORY)
    assert set(db.metadata.tables) <= set(sa.inspect(db.engine).get_table_names())
    close(app)


def test_events_from_before_are_given_an_id_at_random_each(app, database):
    database.forget()
    with transaction() as session:
        for number in range(3):
            session.add(Event(name="a.test", subject_type="person", subject_id=number))
    db.session.remove()
    downgrade(directory=DIRECTORY, revision="count_refusals_apart_from_outage")
    upgrade(directory=DIRECTORY)
    drawn = db.session.scalars(sa.select(Event.random_id)).all()
    assert len(set(drawn)) == len(drawn) == 3
    db.session.remove()  # else the connection outlives its pool, which another test is blamed for
    close(app)


@pytest.mark.engine("sqlite")
def test_a_migrated_file_writes_ahead_before_many_processes_open_it(database):
    with closing(sqlite3.connect(database.template)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_only_grows_cannot_be_rewritten(app, rows):
    statements = [f"UPDATE {table} SET id = id" for table in guards.APPEND_ONLY]
    statements += [f"DELETE FROM {table}" for table in guards.APPEND_ONLY]
    assert len(statements) > 10
    assert [statement for statement in statements if not refused(statement)] == []


def refused(statement: str) -> bool:
    """Whether the database does not do it; nothing is kept when it does."""
    with db.engine.connect() as connection, connection.execution_options(write=True).begin() as begun:
        try:
            connection.execute(sa.text(statement))
        except DBAPIError:
            return True
        finally:
            begun.rollback()
    return False


@pytest.mark.parametrize("statement", ["UPDATE decisions SET scope = 'Other'", "DELETE FROM decisions"])
def test_what_was_signed_cannot_be_rewritten(app, statement):
    from tests.factories import assistance

    assistance.accepted()
    with pytest.raises(DBAPIError, match="final"), transaction() as session:
        session.execute(sa.text(statement))


@pytest.fixture
def rows(app):
    """A row in each table for the guards to protect (SQLite asks a trigger for each row only)."""
    from tests.factories import assistance, papers, pledges, travel
    from tests.rights.acting import accounted_for
    from tracker.assistance.handling.services import return_note
    from tracker.assistance.messages.services import write_message
    from tracker.pledges import services

    case = assistance.submitted()
    return_note(case.public_id, actor=case.officer, version=case.version, reason="Another reference.")
    write_message(case.public_id, actor=case.drafter, body="Which one?")
    write_message(case.public_id, actor=case.manager, body="The one of the annex.")
    people = pledges.people()
    allocation = pledges.allocated(
        people, accounted_for(pledges.funded(people), people.finance), pledges.request_of(), 10_00
    )
    paid = services.Payment(5_00, pledges.today(), "FIN-1", "supplier", "cash")
    services.disburse(allocation, actor=people.finance.actor, payment=paid)
    journey = travel.confirmed("BTN", costs=(20_00, 5_00))
    papers.all_handed_in(journey.seats["BTN"], journey.travel)
    papers.given_out(journey.code, journey.seats["BTN"], journey.travel)


@pytest.mark.engine("postgresql")
def test_the_application_neither_owns_nor_rules_the_database(app):
    row = db.session.execute(
        sa.text("SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    ).one()
    assert tuple(row) == (False, False, False)
    owned = db.session.scalar(sa.text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user"))
    assert owned == 0
