"""Who may what: every address as every persona, against the committed table and against what must hold anyway."""

import pytest

from tests.conftest import ENGINE, WHOLE
from tests.rights import matrix, subjects, table
from tests.rights.people import PERSONAS
from tests.rights.subjects import Unknown

SHARDS = 8
MOST_SHOWN = 40


def walked(matrix_app, built_world, some):
    try:
        # Who has no role is refused before the database is asked for more than who it is.
        return matrix.walk(matrix_app, built_world, some, inside=ENGINE != "sqlite" and not WHOLE)
    except Unknown as address:
        pytest.fail(f"Describe the subject of {address} in tests/rights/subjects.py, then run `make matrix`.")


def told(wrong: list[str]) -> str:
    return "\n".join([f"{len(wrong)} cells are wrong:", *wrong[:MOST_SHOWN]])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_everybody_gets_exactly_what_the_table_says(matrix_app, built_world, shard):
    found = walked(matrix_app, built_world, subjects.endpoints(matrix_app)[shard::SHARDS])
    wrong = matrix.against_the_table(found) + matrix.whatever_the_table_says(found)
    assert not wrong, told(wrong)


def test_the_table_names_only_addresses_that_are_there(matrix_app):
    gone = {row[0] for row in table.read()} - set(subjects.endpoints(matrix_app))
    assert not gone, "these are gone from the application: run `make matrix`"


def test_a_line_says_what_was_meant():
    statuses = dict.fromkeys(PERSONAS, 403) | {"anonymous": 302, "triage_officer": 200, "programme_manager": 200}
    row = ("triage.take_up", "GET", "kenya")
    line = table.line(row, statuses)
    assert line == "triage.take_up GET kenya: 200 triage_officer programme_manager; 302 anonymous; 403 the rest"
    assert table.parse(line) == (row, statuses)
