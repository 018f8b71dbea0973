"""Every life of a clock: pauses undo themselves on every day, and what has stopped says the same for ever."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.assistance import clock_steps, clocks
from tracker.assistance.models import Clock
from tracker.calendar import working_days

hours = st.integers(0, 24 * 900)
holiday_sets = st.frozensets(st.dates(date(2030, 1, 1), date(2033, 12, 31)), max_size=80)


def begun(started: datetime, days: int, free) -> Clock:
    clock = Clock(name="decide", working_days=days, started_at=started, pauses=[])
    clock_steps.start(clock, free)
    return clock


def plain_count(clock: Clock, until: datetime, free) -> int:
    """The definition itself, day by day: working days after the start, less those of pauses."""
    day, last, found = working_days.day_of(clock.started_at), working_days.day_of(until), 0
    while day < last:
        day += timedelta(days=1)
        paused = any(date.fromisoformat(began) < day <= date.fromisoformat(ended) for began, ended in clock.pauses)
        found += day.weekday() < 5 and day not in free and not paused
    return found


@st.composite
def lives(draw):
    """A clock's start, days, and moments at which it is paused and goes on in turn, over years."""
    started = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=draw(hours))
    turns = sorted(draw(st.lists(hours, max_size=6)))
    return started, draw(st.integers(1, 60)), [started + timedelta(hours=turn) for turn in turns]


class TestInEveryLife:
    @given(lives(), holiday_sets, st.integers(0, 23))
    def test_a_pause_that_ends_on_its_day_moves_nothing(self, life, free, later):
        started, days, moments = life
        clock = begun(started, days, free)
        for moment in moments:
            before = clock.due_at
            clock_steps.stand_still(clock, moment, None)
            begun_again = min(moment + timedelta(hours=later), working_days.end_of(working_days.day_of(moment)))
            clock_steps.go_on(clock, begun_again, free)
            assert clock.due_at == before

    @given(lives(), holiday_sets, holiday_sets)
    def test_the_due_day_is_that_of_the_working_days_not_paused_whatever_holidays_come_and_go(self, life, free, more):
        started, days, moments = life
        clock = begun(started, days, free)
        for began, ended in list(pairwise(moments))[::2]:
            clock_steps.stand_still(clock, began, None)
            assert clock.due_at is None
            clock_steps.go_on(clock, ended, free)
        without = clock.due_at
        for table in (free, free | more, free - more, free):
            clock_steps.start(clock, table)
            assert plain_count(clock, clock.due_at, table) == days
            assert plain_count(clock, clock.due_at - timedelta(days=1), table) == days - 1
        assert clock.due_at == without

    @given(lives(), holiday_sets, holiday_sets, st.integers(0, 400))
    def test_what_has_stopped_says_the_same_for_ever(self, life, free, more, later):
        started, days, moments = life
        clock = begun(started, days, free)
        for number, moment in enumerate(moments):
            if number % 2:
                clock_steps.go_on(clock, moment, free)
            else:
                clock_steps.stand_still(clock, moment, None)
        stopped = (moments[-1] if moments else started) + timedelta(days=later)
        clock_steps.end(clock, stopped, free)
        said = clocks.read(clock, free)
        assert said.used == plain_count(clock, stopped, free)
        assert said.state == ("done" if stopped <= clock.due_at else "done_late")
        assert clocks.read(clock, free | more) == said == clocks.read(clock, free - more)
