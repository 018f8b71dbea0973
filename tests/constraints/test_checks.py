"""Each CHECK of the database refuses a row that breaks it alone, says its name, and takes the row beside it."""

import pytest
import sqlalchemy as sa

from tests.constraints.cases import CASES
from tests.constraints.refusals import refusal
from tests.constraints.rows import insert
from tests.constraints.schema import CHECKS, ENUMERATIONS, TABLES


def test_every_check_has_rows_that_show_it():
    assert sorted(CASES) == sorted(CHECKS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_check_refuses_what_breaks_it_and_takes_what_does_not(connection, name):
    for pair in CASES[name]:
        assert refusal(connection, CHECKS[name].table, pair.passes) is None, pair
        assert refusal(connection, CHECKS[name].table, pair.passes | pair.breaks) == name, pair


@pytest.mark.parametrize("name", sorted(ENUMERATIONS))
def test_a_column_takes_each_value_that_the_model_lists(connection, name):
    """Other CHECKs may ask for facts beside it; they are not what this is about."""
    column, values = ENUMERATIONS[name]
    assert [value for value in values if refusal(connection, CHECKS[name].table, {column: value}) == name] == []


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("name", sorted(CASES))
def test_the_row_breaks_nothing_else(connection, name):
    for pair in CASES[name]:
        assert broken(connection, CHECKS[name].table, pair.passes | pair.breaks) == [name], pair


def broken(connection, table, values):
    """The CHECKs that say no to a row which SQLite was told to take without asking any."""
    own = [check for check in CHECKS.values() if check.table is table]
    asked = sa.select(*(sa.literal_column(f"({check.sqltext})") for check in own)).select_from(table)
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    try:
        with connection.begin_nested() as attempt:
            row = insert(connection, table, values)
            this_row = (column == row[column.name] for column in table.primary_key.columns)
            answers = connection.execute(asked.where(*this_row)).one()
            attempt.rollback()
    finally:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    return [check.name for check, answer in zip(own, answers, strict=True) if answer == 0]


def test_the_database_has_the_checks_of_the_models_and_no_other(connection):
    """A value or a condition that is only in the one or the other would show nowhere else."""
    inspector = sa.inspect(connection)
    there = {check["name"]: check["sqltext"] for name in TABLES for check in inspector.get_check_constraints(name)}
    assert sorted(there) == sorted(CHECKS)
    if connection.dialect.name == "sqlite":
        assert there == {name: str(check.sqltext) for name, check in CHECKS.items()}
