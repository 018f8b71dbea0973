"""The tool itself: a fault that a test notices, one that none notices, and every element of the tables is found."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from tests.mutants import tables
from tests.mutants.functions import mutants_of
from tests.mutants.keys import migrate_without
from tests.mutants.processes import Processes
from tests.mutants.tables import KeyMutant, RowMutant
from tests.mutants.warm import Try
from tests.services.databases import SqliteDatabase
from tracker.assistance.lifecycle import TRANSITIONS, Action, Status
from tracker.extensions import db
from tracker.notifications.catalogue import CATALOGUE
from tracker.pledges.policies import RULES

TOY = '''
"""Not 1 > 0."""

def larger(one: int, other: int | None) -> int:
    """The larger one, not one > other."""
    say: int | None = N_("one" if 1 > 0 else "two")
    if one > other:
        return one
    return other
'''
TESTS = """
import pytest

from toy import larger

def test_larger():
    assert (larger(1, 2), larger(2, 1), larger(2, 2)) == (2, 2, 2)
"""

WARMING = """
@pytest.fixture
def app():
    return 2

def test_larger(app):"""


@pytest.fixture
def toy(tmp_path):
    path = tmp_path / "toy.py"
    path.write_text("".join(line for line in TOY.splitlines(keepends=True) if "N_" not in line))
    (tmp_path / "test_toy.py").write_text(TESTS)
    return path


def test_messages_docstrings_and_annotations_are_left_alone(toy):
    toy.write_text(TOY)
    assert {mutant.operator for mutant in mutants_of(toy)} == {
        "AddNot",
        "ReplaceComparisonOperator_Gt_GtE",
        "ReplaceComparisonOperator_Gt_LtE",
    }


def test_one_is_killed_and_one_survives(toy, tmp_path):
    with Processes(1, [str(tmp_path), "--rootdir", str(tmp_path)], tmp_path) as processes:
        assert processes.tests == ["test_toy.py::test_larger"]
        told = list(processes.answers(Try(mutant, tuple(processes.tests)) for mutant in mutants_of(toy)))
    assert {(one.name.split()[1], one.outcome, one.killed_by) for one in told} == {
        ("AddNot", "killed", "test_toy.py::test_larger"),
        ("ReplaceComparisonOperator_Gt_LtE", "killed", "test_toy.py::test_larger"),
        ("ReplaceComparisonOperator_Gt_GtE", "survived", ""),  # of two that are equal either is the larger
    }


def test_the_test_that_warmed_the_process_up_is_asked_like_any_other(toy, tmp_path):
    (tmp_path / "test_toy.py").write_text(TESTS.replace("def test_larger():", WARMING))
    with Processes(1, [str(tmp_path), "--rootdir", str(tmp_path)], tmp_path) as processes:
        told = list(processes.answers(Try(mutant, tuple(processes.tests)) for mutant in mutants_of(toy)))
    assert [one.outcome for one in told].count("killed") == 2


def test_every_element_of_the_tables_is_found(app):
    found = [mutant for mutant in tables.mutants() if isinstance(mutant, RowMutant)]
    counts = {
        "tracker.pledges.policies RULES": sum(map(len, RULES.values())),
        "tracker.assistance.lifecycle TRANSITIONS": sum(len(change.sources) for change in TRANSITIONS.values()),
        "tracker.notifications.catalogue CATALOGUE": sum(len(notice.tell) for notice in CATALOGUE.values()),
    }
    for table, count in counts.items():
        names = {mutant.name for mutant in found if mutant.name.startswith(f"{table}[")}
        assert len(names) == count, table


def test_every_unique_key_of_the_database_is_found(app):
    inspector = sa.inspect(db.engine)
    names = {
        key["name"]
        for table in db.metadata.tables
        for key in (*inspector.get_unique_constraints(table), *inspector.get_indexes(table))
        if key.get("unique", True)
    }
    assert {mutant.key for mutant in tables.mutants() if isinstance(mutant, KeyMutant)} == names


def test_a_row_loses_its_element_and_no_other(app, monkeypatch):
    monkeypatch.setitem(TRANSITIONS, Action.WITHDRAW, before := TRANSITIONS[Action.WITHDRAW])
    name = f"tracker.assistance.lifecycle TRANSITIONS[withdraw] without {Status.DRAFT}"
    next(mutant for mutant in tables.mutants() if mutant.name == name).apply({})
    assert TRANSITIONS[Action.WITHDRAW].sources == before.sources - {Status.DRAFT}


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("name", ["uq_acts_number", "uq_clock_rules_open"])
def test_a_database_is_migrated_without_a_key(settings, tmp_path, name):
    without = SqliteDatabase(tmp_path)
    migrate_without(name, without, settings)
    with closing(sqlite3.connect(without.template)) as connection:
        schema = "\n".join(text for (text,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))
    assert name not in schema
    assert "uq_acts_reverses" in schema
    assert "uq_holidays_in_force" in schema
