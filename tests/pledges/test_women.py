"""The share of women among the seats of a pledge: the whole part of n seats, as counted and as the solver has it."""

from datetime import date
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from tracker.pledges.earmarks import Facts, Rule, judge, level
from tracker.pledges.women import Counted, least_of

HALF = Rule("women", ("woman",), 5_000)
DAY = date(2026, 5, 1)


@given(st.integers(1, 99), st.integers(0, 60), st.integers(0, 60))
def test_the_whole_part_of_so_many_seats_is_womens(percent, women, men):
    sitting = Counted(women, women + men)
    kept = women >= floor(Fraction(percent, 100) * (women + men))
    assert sitting.keeps(percent) == kept == (sitting.room(percent) >= 0)
    assert sitting.also(True).room(percent) == sitting.room(percent) + 100 - percent
    assert sitting.also(False).room(percent) == sitting.room(percent) - percent
    assert sitting.also(None) == sitting


def test_it_restricts_no_request_but_a_strictly_confidential_one_and_caps_nothing():
    facts = Facts(1, "n", "participation", "KEN", "AFR")
    assert judge([HALF], facts, on=DAY, received_minor=0, used={}) == judge(
        [], facts, on=DAY, received_minor=0, used={}
    )
    strict = Facts(1, "n", "participation", "KEN", "AFR", strict=True)
    assert not judge([HALF], strict, on=DAY, received_minor=0, used={}).suits
    assert (level([HALF]), level([Rule("kinds", ("technical",), 5_000)])) == (2, 1)
    assert (HALF.is_cap, Rule("kinds", ("technical",), 5_000).is_cap) == (False, True)
    assert (least_of([HALF, Rule("women", ("woman",), 6_000)]), least_of([Rule("kinds", ("technical",), 5_000)])) == (
        60,
        None,
    )
