"""Until when a seat is offered: pure rules, on days written down by hand."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.participation.offers.lifecycle import TravelDays, offered_until

# A session from Monday 3 May 2027: answers 56 days before, papers 49, tickets 21.
DAYS = TravelDays(date(2027, 3, 8), date(2027, 3, 15), date(2027, 4, 12), date(2027, 5, 3), 30)
GOOD_FRIDAY, EASTER_MONDAY = date(2027, 3, 26), date(2027, 3, 29)


@pytest.mark.parametrize(
    ("today", "first_round", "until"),
    [
        (date(2027, 2, 22), True, date(2027, 3, 8)),  # the first round: the session's day for answers
        (date(2027, 2, 22), False, date(2027, 3, 8)),  # ten working days are the same day here
        (date(2027, 2, 8), True, date(2027, 3, 8)),
        (date(2027, 2, 8), False, date(2027, 2, 22)),  # a later round: ten working days
        (date(2027, 3, 7), True, date(2027, 3, 8)),
        (date(2027, 3, 8), True, date(2027, 3, 14)),  # the day for answers is over: never later than before the papers
        (date(2027, 3, 3), False, date(2027, 3, 14)),
        (date(2027, 3, 13), False, date(2027, 3, 14)),
        (date(2027, 3, 14), False, date(2027, 3, 30)),  # papers are due: ten working days, Easter left out
        (date(2027, 3, 25), False, date(2027, 4, 2)),  # … but a visa of thirty days has to be there on 2 May
        (date(2027, 4, 1), True, date(2027, 4, 2)),
        (date(2027, 4, 2), True, None),
        (date(2027, 5, 3), False, None),
    ],
)
def test_the_last_day_for_an_answer(today, first_round, until):
    holidays = frozenset({GOOD_FRIDAY, EASTER_MONDAY})
    found = offered_until(DAYS, first_round=first_round, today=today, working=10, holidays=holidays)
    assert found == until


@pytest.mark.parametrize(
    ("visa_days", "today", "until"),
    [
        (60, date(2027, 2, 22), date(2027, 3, 3)),  # asked for on 4 March, there on 2 May, one travels that day
        (60, date(2027, 3, 2), date(2027, 3, 3)),
        (60, date(2027, 3, 3), None),  # although papers are due on the 15th only
        (54, date(2027, 2, 22), date(2027, 3, 8)),  # the day for answers comes first
        (49, date(2027, 3, 9), date(2027, 3, 14)),
        (50, date(2027, 3, 9), date(2027, 3, 13)),
    ],
)
def test_a_slow_visa_bounds_the_offer_while_papers_are_still_ahead(visa_days, today, until):
    days = replace(DAYS, visa_days=visa_days)
    assert offered_until(days, first_round=True, today=today, working=10, holidays=frozenset()) == until


def test_a_visa_that_is_quick_leaves_the_day_of_the_ticket_and_what_is_not_known_bounds_nothing():
    def until(days, today):
        return offered_until(days, first_round=False, today=today, working=10, holidays=frozenset())

    quick = replace(DAYS, visa_days=5)
    assert until(quick, date(2027, 4, 5)) == date(2027, 4, 12)
    assert until(quick, date(2027, 4, 12)) is None
    assert until(replace(DAYS, visa_days=0, ticket=None), date(2027, 4, 25)) == date(2027, 5, 2)
    unknown = TravelDays(None, None, None, None, 0)
    assert until(unknown, date(2027, 4, 5)) == date(2027, 4, 19)
