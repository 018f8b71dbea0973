"""Days in figures: read where the table or a person says what comes first, refused where they could be two days."""

import pytest

from tracker.imports.cells import read_day
from tracker.imports.days import rewrite_days
from tracker.imports.hints import DAY_FIRST, MONTH_FIRST
from tracker.imports.report import Remarks


def read(*days, said=""):
    """The days of a table as they are read, None for each that is refused, and the remarks on the whole."""
    rows = [(number, {"day": day}) for number, day in enumerate(days, start=2)]
    notes = rewrite_days(rows, ["day"], said)
    read = [read_day(cells["day"], "day", Remarks(number, "")) for number, cells in rows]
    return [day and day.isoformat() for day in read], notes


@pytest.mark.parametrize(
    ("days", "meant"),
    [
        (["31/12/2026", "01/02/2026"], ["2026-12-31", "2026-02-01"]),
        (["12/31/2026", "01/02/2026"], ["2026-12-31", "2026-01-02"]),
        (["1.2.2026", "13.2.2026 00:00"], ["2026-02-01", "2026-02-13"]),
        (["２０２６年１月２日", "2026/1/2", "2026.01.02"], ["2026-01-02"] * 3),
        (["01/02/2026", "02/02/2026"], [None, None]),
        (["31/12/2026", "12/31/2026", "01/02/2026"], [None, None, None]),
        (
            ["31/12/2026", "31/02/2026", "1/2/26", "01/02-2026", "2026-01-02"],
            ["2026-12-31", None, None, None, "2026-01-02"],
        ),
    ],
)
def test_the_table_shows_what_comes_first(days, meant):
    assert read(*days)[0] == meant


@pytest.mark.parametrize(("said", "meant"), [(DAY_FIRST, "2026-02-01"), (MONTH_FIRST, "2026-01-02")])
def test_a_person_says_what_comes_first(said, meant):
    (day,), (note,) = read("01/02/2026", said=said)
    assert day == meant
    assert note.values == {"text": "01/02/2026", "day": meant}


def test_what_a_person_said_does_not_make_a_day_of_what_is_none():
    assert read("12/31/2026", said=DAY_FIRST) == ([None], [])


@pytest.mark.parametrize(("text", "sentence"), [("01/02/2026", "can be two days"), ("31/02/2026", "is no date")])
def test_the_sentence_says_what_is_wrong(text, sentence):
    remarks = Remarks(2, "")
    read_day(text, "day", remarks)
    assert sentence in remarks.findings[0].reason
