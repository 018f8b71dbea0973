"""Each step of a session is counted back from its first day; what has passed without it is late."""

from datetime import UTC, date, datetime

from tracker.participation.support.dates import step_days
from tracker.participation.support.terms import USUAL_DAYS

FIRST_DAY = date(2026, 12, 14)
CLOSED = {"announce": date(2026, 8, 20), "nominations": date(2026, 9, 21)}


def steps(today, *, fixed=None, done=None, starts_on=FIRST_DAY):
    return {step.name: step for step in step_days(starts_on, USUAL_DAYS, fixed or {}, done=done or {}, today=today)}


def test_the_days_of_the_first_session_are_those_of_the_drawing():
    days = [step.day for step in steps(date(2026, 11, 28)).values()]
    assert days == [
        date(2026, 8, 16),
        date(2026, 9, 21),
        date(2026, 10, 5),
        date(2026, 10, 19),
        date(2026, 10, 26),
        date(2026, 11, 23),
    ]


def test_what_has_passed_without_it_is_late_by_so_many_days_and_one_step_is_next():
    found = steps(date(2026, 10, 21), done=CLOSED)
    assert {name: step.state for name, step in found.items()} == {
        "announce": "done",
        "nominations": "done",
        "round": "late",
        "answer": "late",
        "papers": "next",
        "ticket": "ahead",
    }
    assert (found["round"].late_by, found["answer"].late_by, found["papers"].late_by) == (16, 2, 0)


def test_what_is_done_says_by_how_many_days_it_came_too_late():
    found = steps(date(2026, 10, 5), done=CLOSED)
    assert (found["announce"].late_by, found["nominations"].late_by) == (4, 0)


def test_of_a_session_that_has_begun_nothing_is_late_any_more():
    found = steps(FIRST_DAY, done=CLOSED)
    assert {step.state for step in found.values()} == {"done", "past"}


def test_a_step_is_not_late_on_its_day():
    assert steps(date(2026, 10, 5), done=CLOSED)["round"].state == "next"


def test_a_fixed_day_says_so_and_how_many_days_before_it_is():
    found = steps(date(2026, 8, 1), fixed={"round": date(2026, 10, 7)})
    assert (found["round"].day, found["round"].days, found["round"].is_fixed) == (date(2026, 10, 7), 68, True)
    assert not found["answer"].is_fixed


def test_without_a_first_day_only_fixed_days_are_known():
    found = steps(date(2026, 8, 1), starts_on=None, fixed={"announce": date(2026, 9, 1)})
    assert (found["announce"].state, found["round"].state, found["round"].day) == ("next", "open", None)


def test_a_day_ends_in_vienna():
    assert steps(date(2026, 8, 1))["papers"].ends_at == datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)
