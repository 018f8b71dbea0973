"""Working days in Vienna, with pauses: what every clock counts on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.calendar import working_days

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1))
holiday_sets = st.frozensets(st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)), max_size=60)
pause_lists = st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60)), max_size=4)
lengths = st.integers(min_value=0, max_value=120)


def plain_count(start, end, holidays):
    """The definition itself, day by day."""
    return sum(
        working_days.is_working_day(start + timedelta(days=step), holidays) for step in range(1, (end - start).days + 1)
    )


class TestAdd:
    def test_leaves_out_weekends_and_holidays(self):
        christmas = {date(2026, 12, 25)}
        assert working_days.add(date(2026, 12, 23), 2, christmas) == date(2026, 12, 28)

    def test_a_moment_gives_the_end_of_the_day_in_vienna(self):
        late_in_new_york = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
        assert working_days.add(late_in_new_york, 1) == datetime(2026, 6, 3, 21, 59, 59, tzinfo=UTC)

    def test_zero_days_is_the_day_or_the_next_working_one(self):
        assert working_days.add(date(2026, 11, 21), 0) == date(2026, 11, 23)

    def test_counts_back_from_a_closing_date(self):
        assert working_days.add(date(2026, 11, 23), -1) == date(2026, 11, 20)

    def test_needs_a_zone(self):
        with pytest.raises(ValueError):
            working_days.add(datetime(2026, 6, 1, 12, 0), 1)  # noqa: DTZ001 - without a zone on purpose

    def test_refuses_a_table_without_working_days(self):
        everything = frozenset(date(2026, 1, 1) + timedelta(days=step) for step in range(5000))
        with pytest.raises(ValueError):
            working_days.add(date(2026, 1, 1), 1, everything)

    @given(days, lengths, holiday_sets)
    def test_is_what_between_counts(self, start, length, holidays):
        end = working_days.add(start, length, holidays)
        assert working_days.is_working_day(end, holidays)
        if length:
            assert working_days.between(start, end, holidays) == length

    @given(days, lengths, lengths, holiday_sets)
    def test_in_two_steps_is_in_one(self, start, first, second, holidays):
        once = working_days.add(start, first + second, holidays)
        if first:
            assert working_days.add(working_days.add(start, first, holidays), second, holidays) == once


class TestBetween:
    @given(days, st.integers(min_value=0, max_value=800), holiday_sets)
    def test_is_the_count_day_by_day(self, start, distance, holidays):
        end = start + timedelta(days=distance)
        assert working_days.between(start, end, holidays) == plain_count(start, end, holidays)
        assert working_days.between(end, start, holidays) == -plain_count(start, end, holidays)


class TestPauses:
    def test_a_clock_that_stands_still_has_no_due_day(self):
        assert working_days.due(date(2026, 11, 2), 15, [(date(2026, 11, 4), None)]) is None

    def test_a_pause_moves_the_due_day_by_its_own_length(self):
        assert working_days.due(date(2026, 11, 2), 5) == date(2026, 11, 9)
        assert working_days.due(date(2026, 11, 2), 5, [(date(2026, 11, 4), date(2026, 11, 6))]) == date(2026, 11, 11)

    def test_overlapping_pauses_count_once(self):
        pauses = [(date(2026, 11, 3), date(2026, 11, 10)), (date(2026, 11, 5), date(2026, 11, 6))]
        assert working_days.counted(date(2026, 11, 2), date(2026, 11, 11), pauses) == 2

    @given(days, st.integers(min_value=1, max_value=60), st.integers(0, 40), st.integers(0, 90), holiday_sets)
    def test_the_days_counted_until_due_are_the_days_allowed(self, start, allowed, after, length, holidays):
        paused = start + timedelta(days=after)
        pauses = [(paused, paused + timedelta(days=length))]
        due = working_days.due(start, allowed, pauses, holidays)
        assert working_days.counted(start, due, pauses, holidays) == allowed
        assert working_days.counted(start, due - timedelta(days=1), pauses, holidays) == allowed - 1

    @given(
        days,
        st.integers(0, 200),
        st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60)), max_size=4),
        holiday_sets,
    )
    def test_counting_is_the_plain_definition(self, start, distance, spans, holidays):
        end = start + timedelta(days=distance)
        pauses = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in spans]
        expected = sum(
            working_days.is_working_day(day, holidays) and not any(began < day <= ended for began, ended in pauses)
            for day in (start + timedelta(days=step) for step in range(1, distance + 1))
        )
        assert working_days.counted(start, end, pauses, holidays) == expected
