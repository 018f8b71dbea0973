"""A CHECK or a unique key that goes from the models and from the migration goes from a kept list, too, and so before a
reader's eyes."""

from pathlib import Path

from tests.constraints.schema import CHECKS, UNIQUE

NAMES = Path(__file__).with_name("names.txt")


def test_no_constraint_vanished_or_came_unnoticed():
    known, there = set(NAMES.read_text().split()), {*CHECKS, *UNIQUE}
    assert (sorted(known - there), sorted(there - known)) == ([], []), "(vanished, not yet in names.txt)"
