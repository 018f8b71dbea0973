"""Seats counted in money: prices without a single State, amounts in seats, and back to the smallest unit."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rounds.sponsoring.counting import (
    EACH_ROUNDED_TO,
    FEWEST,
    ROUNDED_TO,
    Estimated,
    Exchange,
    bill_of,
    by_group,
    gift_of,
    numbers,
    prices_of,
    seats_for,
)

NOK = Exchange("NOK", Decimal("9.2302"), Decimal(13))
RATES = {"NOK": "9.2302", "JPY": "151.37", "KWD": "0.3071", "USD": "1", "IDR": "16240.55", "EUR": "0.8"}


def test_the_amount_of_the_mockup_is_counted_as_a_receipt_is_booked():
    gift = gift_of(400_000_00, NOK)
    assert (gift.whole, gift.support, gift.for_seats) == (43_336_01, 4_985_56, 38_350_45)
    assert seats_for(gift, 3_919_65) == 9
    assert NOK.of_whole == 113


@given(
    st.sampled_from(sorted(RATES)),
    st.integers(1, 400),
    st.integers(10_00, 12_000_00),
    st.sampled_from(["0", "7", "13"]),
)
def test_the_amount_for_so_many_seats_pays_them_and_one_unit_less_does_not(currency, number, price, support):
    exchange = Exchange(currency, Decimal(RATES[currency]), Decimal(support))
    bill = bill_of(number, price, exchange)
    assert seats_for(gift_of(bill.minor, exchange), price) == number
    assert seats_for(gift_of(bill.minor - 1, exchange), price) == number - 1
    assert bill.together == bill.seats + bill.support


def test_an_amount_that_no_pledge_can_have_is_none():
    assert bill_of(1000, 10_000_000_00, Exchange("IDR", Decimal("16240.55"), Decimal(13))).minor is None


def of(*cents, of=None):
    return [Estimated(of or f"S{number:02}", one) for number, one in enumerate(cents)]


def test_below_three_states_no_price_is_said_however_many_people_wait():
    assert prices_of(of(3_000_00, 4_000_00)) is None
    assert prices_of([*of(3_000_00, 3_500_00, 3_600_00, of="KEN"), *of(4_000_00)]) is None
    assert prices_of(of(3_000_00, 4_000_00, 5_001_00)).average == 4_040_00
    assert prices_of([]) is None


def test_cheap_and_dear_are_said_only_where_three_states_stand_behind_each_part():
    few = prices_of(of(1_000_00, 2_000_00, 3_000_00, 4_000_00, 5_000_00))
    assert (few.cheap, few.dear) == (None, None)
    halves = prices_of(of(1_000_00, 2_000_00, 3_000_00, 7_000_00, 8_000_00, 9_000_00))
    assert (halves.cheap, halves.average, halves.dear) == (2_000_00, 5_000_00, 8_000_00)
    one_state = prices_of([*of(*range(1_000_00, 1_009_00, 1_00), of="KEN"), *of(7_000_00, 8_000_00, 9_000_00)])
    assert one_state is None or (one_state.cheap, one_state.dear) == (None, None)


@given(st.lists(st.tuples(st.sampled_from("ABCDEFGHIJKL"), st.integers(1, 9_000_00)), max_size=40))
def test_no_price_nor_what_two_of_them_leave_rests_on_fewer_than_three_states(people):
    estimates = [Estimated(iso3, cents) for iso3, cents in people]
    prices = prices_of(estimates)
    if prices is None:
        assert len({one.iso3 for one in estimates}) < FEWEST
        return
    assert prices.average % ROUNDED_TO == 0
    if prices.cheap is None:
        return
    in_order = sorted(estimates, key=lambda one: (one.cents, one.iso3))
    cut = [(in_order[:size], in_order[size : len(in_order) - size], in_order[-size:]) for size in _sizes(in_order)]
    assert any(
        (average(cheap), average(dear)) == (prices.cheap, prices.dear)
        and all(map(many, (cheap, between or cheap, dear)))
        for cheap, between, dear in cut
    )


def _sizes(in_order):
    return [len(in_order) // parts for parts in (2, 3) if len(in_order) >= parts]


def many(estimates):
    return len({one.iso3 for one in estimates}) >= FEWEST


def test_whom_a_day_adds_is_told_to_a_hundred_dollars():
    """Both days are read by one person, who knows how many people stand behind each price."""
    day = of(*(3_000_00 + 100_00 * number for number in range(9)))
    prices = {prices_of([*day, *of(cents, of="KEN")]).average for cents in range(4_001_00, 4_100_00, 7_00)}
    assert len(prices) == 1


def average(estimates):
    rounded = [-(-one.cents // EACH_ROUNDED_TO) * EACH_ROUNDED_TO for one in estimates]
    return -(-sum(rounded) // (len(estimates) * ROUNDED_TO)) * ROUNDED_TO


def test_the_numbers_of_a_list_rise_and_stay_within_what_can_be():
    found = numbers(9, 11, 0, most=15)
    assert found == [1, 3, 5, 9, 10, 11]
    assert all(first < second for first, second in pairwise(numbers(3, 3, most=100)))


@pytest.mark.parametrize("rate", ["0", "13"])
def test_what_comes_in_is_for_seats_and_support_and_nothing_else(rate):
    gift = gift_of(123_45, Exchange("USD", Decimal(1), Decimal(rate)))
    assert gift.for_seats + gift.support == gift.whole == gift.minor


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5))))
def test_no_group_is_told_that_three_states_do_not_stand_behind_also_not_by_subtracting(drawn):
    waiting = [(group, f"{group}{state}") for group, state in drawn]
    told = by_group(waiting, "ABCDE")
    assert list(told) == list("ABCDE")
    apart = {iso3 for group, iso3 in waiting if told[group] is None}
    assert not apart or len(apart) >= FEWEST or not any(told.values())
    for group, number in told.items():
        states = {iso3 for one, iso3 in waiting if one == group}
        assert number in (None, sum(one == group for one, _iso3 in waiting))
        assert number is None or len(states) >= FEWEST or not states
