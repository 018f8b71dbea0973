"""Tables for spreadsheets: whatever was typed stays text."""

import csv
import io

import pytest

from tracker.files.csv_cells import csv_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_cells_that_begin_like_formulas_are_text_and_numbers_numbers(text):
    made = csv_text([[text, -5, "plain"]])
    assert made.startswith("\ufeff")
    assert next(csv.reader(io.StringIO(made[1:], newline=""))) == ["'" + text, "-5", "plain"]
