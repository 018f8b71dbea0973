"""What runs on one engine only says why, and shows nothing of the engine; what that relies on runs on both."""

import re
from pathlib import Path

import pytest

from tests.one_engine import ON_SQLITE_ONLY, TESTS, on_sqlite_only

ABOUT_THE_ENGINE = re.compile(
    r"\b(DBAPIError|IntegrityError|OperationalError|ProgrammingError|exec_driver_sql|Barrier|Thread|ENGINE|race_\w+)\b"
    r"|\bowner\)|at_the_same_time"
)
"""Words of tests that are about constraints, rights in the database, or acts at the same moment."""
ON_BOTH = (
    *("constraints", "database", "demo", "search", "accounts/test_at_the_same_time.py", "pledges/test_races.py"),
    *("rights/test_matrix.py", "rights/test_every_press.py", "rights/test_pressed_twice.py", "rights/test_lawful.py"),
    *("rights/test_awkward_parts.py", "rights/test_search.py", "rights/test_recused.py"),
    *("pledges/test_ledger.py", "triage/queue/test_queue.py", "notifications/test_main_job.py"),
    *("notifications/test_audience.py", "notifications/test_dispatching.py", "journeys/test_main_job.py"),
)
"""What the reasons in the table rely on, and what is about the database itself."""


def files() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


def test_a_new_file_runs_on_both():
    assert not on_sqlite_only(TESTS / "pledges" / "test_something_new.py")
    assert on_sqlite_only(TESTS / "look" / "test_something_new.py")


@pytest.mark.parametrize("place", sorted(ON_SQLITE_ONLY))
def test_what_runs_once_is_there_and_shows_nothing_of_the_engine(place):
    told = [file for file in files() if file.is_relative_to(TESTS / place)]
    assert told, "nothing of this name is there any more: take it out of tests/one_engine.py"
    found = {file.name: ABOUT_THE_ENGINE.findall(file.read_text()) for file in told}
    assert not any(found.values()), f"these need both engines: {found}"


@pytest.mark.parametrize("place", ON_BOTH)
def test_what_the_table_relies_on_runs_on_both(place):
    told = [file for file in files() if file.is_relative_to(TESTS / place)]
    assert told
    assert not [file for file in told if on_sqlite_only(file)]
