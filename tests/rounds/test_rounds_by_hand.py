"""The order of the States by the published rules, and what stands against one more seat."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.pledges.earmarks import Verdict
from tracker.rounds.giving import Given, Limits, Sitting, against, give, turn
from tracker.rounds.ordering import KINDS, Candidate, Person, SelectionRule, order

SUITS = Verdict()
FIRST_LDC = (
    SelectionRule("in_time", "A/AC.291/7"),
    SelectionRule("ldc", "A/AC.291/7"),
    SelectionRule("never_funded", ""),
)


def person(delegate_id: int, place: int, estimate: int | None = 1000, *, alternate: bool = False) -> Person:
    return Person(delegate_id, place, alternate, is_woman=False, estimate=estimate)


def candidate(number: int, *, lists: str = "", people: tuple[Person, ...] = (), **facts: object) -> Candidate:
    standard = {"came_in_time": True, "funded_before": 0, "owes_accounts": False} | facts
    people = people or (person(number * 10 + 1, 1), person(number * 10 + 2, 2))
    return Candidate(number, f"XQ{chr(64 + number)}", lists=frozenset(lists.split()), people=people, **standard)  # type: ignore[arg-type]


def codes(*candidates: Candidate, rules: tuple[SelectionRule, ...] = FIRST_LDC, seed: str = "s") -> list[str]:
    return [placed.candidate.iso3 for placed in order(candidates, rules, seed=seed)]


class TestOrder:
    def test_an_earlier_rule_goes_before_every_later_one(self) -> None:
        late_ldc = candidate(1, lists="ldc", came_in_time=False)
        funded_ldc = candidate(2, lists="ldc sids", funded_before=3)
        new_ldc = candidate(3, lists="ldc")
        other = candidate(4, lists="sids")
        assert codes(late_ldc, other, funded_ldc, new_ldc) == ["XQC", "XQB", "XQD", "XQA"]

    @pytest.mark.parametrize(
        ("kind", "first", "second"),
        [
            ("in_time", {}, {"came_in_time": False}),
            ("ldc", {"lists": "ldc"}, {"lists": "lldc"}),
            ("lldc", {"lists": "lldc"}, {"lists": "ldc"}),
            ("sids", {"lists": "sids"}, {}),
            ("never_funded", {}, {"funded_before": 1}),
            ("fewest_seats", {"funded_before": 1}, {"funded_before": 2}),
            ("accounts_settled", {}, {"owes_accounts": True}),
        ],
    )
    def test_each_kind_prefers_what_it_says(
        self, kind: str, first: dict[str, object], second: dict[str, object]
    ) -> None:
        rule = (SelectionRule(kind, "source"),)
        for one, other in ((1, 2), (2, 1)):
            preferred, behind = candidate(one, **first), candidate(other, **second)  # type: ignore[arg-type]
            placed = order((behind, preferred), rule, seed="s")
            assert [each.candidate for each in placed] == [preferred, behind]
            assert not any(each.by_lot for each in placed)

    def test_every_kind_is_tried_above(self) -> None:
        tried = self.test_each_kind_prefers_what_it_says.pytestmark[0].args[1]  # type: ignore[attr-defined]
        assert {kind for kind, _, _ in tried} == set(KINDS)

    def test_what_a_rule_found_is_said_with_its_source(self) -> None:
        (placed,) = order([candidate(1, lists="ldc", funded_before=2)], FIRST_LDC, seed="s")
        assert [(finding.rule.source, finding.sentence) for finding in placed.findings] == [
            ("A/AC.291/7", "nominated in time"),
            ("A/AC.291/7", "a least developed country"),
            ("", "had a seat at an earlier session"),
        ]

    def test_what_is_equal_is_decided_by_lot_and_says_so(self) -> None:
        equal = [candidate(number) for number in range(1, 9)]
        orders = {tuple(codes(*equal, seed=str(seed))) for seed in range(20)}
        assert len(orders) > 15
        assert all(placed.by_lot for placed in order(equal, FIRST_LDC, seed="1"))

    def test_an_unknown_kind_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            order([candidate(1)], [SelectionRule("alphabet", "")], seed="s")

    @given(st.permutations(range(1, 9)), st.integers(0, 5))
    def test_neither_entry_nor_alphabet_decides(self, numbers: list[int], seed: int) -> None:
        def fresh(number: int) -> Candidate:
            return candidate(number, lists="ldc" if number % 3 else "", funded_before=number % 2)

        given_order = codes(*map(fresh, numbers), seed=str(seed))
        assert given_order == codes(*map(fresh, sorted(numbers)), seed=str(seed))
        placed = order(map(fresh, numbers), FIRST_LDC, seed=str(seed))
        assert all(one.ranks <= other.ranks for one, other in pairwise(placed))

    def test_two_people_at_one_place_are_no_order_of_a_state(self) -> None:
        with pytest.raises(ValueError, match="own order"):
            candidate(1, people=(person(1, 1), person(2, 1)))


def sitting(
    *candidates: Candidate, seats: int = 10, first_pass: int = 1, in_all: int = 2, cash: int = 10_000
) -> Sitting:
    return Sitting(order(candidates, FIRST_LDC, seed="s"), Limits(seats, first_pass, in_all), ((7, cash), (8, 500)))


def seat(request_id: int, delegate_id: int, cents: int = 1000, pledge: int = 7) -> Given:
    return Given(request_id, delegate_id, ((pledge, cents),))


def said(round_: Sitting, one: Given, *verdicts: Verdict) -> list[str]:
    return [reason.sentence.split(":")[0].split(" %")[0] for reason in against(round_, one, verdicts or (SUITS,))]


class TestGiving:
    def test_the_first_person_of_a_state_gets_a_seat(self) -> None:
        given_one = give(sitting(candidate(1)), seat(1, 11), (SUITS,))
        assert given_one.left(7) == 9000
        assert given_one.seats_left() == 9
        following = given_one.next_person(1)
        assert following is not None
        assert following.delegate_id == 12

    def test_a_states_own_order_is_never_broken(self) -> None:
        (reason,) = against(sitting(candidate(1)), seat(1, 12), (SUITS,))
        assert reason.facts == {"place": 1}
        with pytest.raises(ValueError, match="stands against"):
            give(sitting(candidate(1)), seat(1, 12), (SUITS,))

    def test_who_cannot_get_there_any_more_gets_no_seat_and_the_turn_goes_on(self) -> None:
        too_late = candidate(1, lists="ldc", people=(replace(person(11, 1), in_time=False), person(12, 2)))
        now = sitting(too_late, candidate(2))
        assert said(now, seat(1, 11)) == ["This person cannot get a visa and a ticket in time any more."]
        assert turn(now, lambda _request: True) == 2
        assert said(now, seat(2, 21)) == []

    def test_an_alternate_gets_no_seat_of_its_own(self) -> None:
        only_alternate = candidate(1, people=(person(11, 1), person(12, 2, alternate=True)))
        full = give(sitting(only_alternate), seat(1, 11), (SUITS,))
        assert said(full, seat(1, 12)) == ["Everybody whom the State nominated has a seat."]

    def test_an_incomplete_estimate_gets_none(self) -> None:
        assert said(sitting(candidate(1, people=(person(11, 1, None),))), seat(1, 11)) == ["The estimate is incomplete"]

    def test_the_parts_add_up_to_the_estimate(self) -> None:
        assert said(sitting(candidate(1)), seat(1, 11, 999)) == ["The parts do not add up to the estimate of the seat."]
        two = Given(1, 11, ((7, 600), (8, 400)))
        assert said(sitting(candidate(1)), two, SUITS, SUITS) == []

    def test_neither_the_session_nor_a_state_gets_more_than_there_is(self) -> None:
        one = give(sitting(candidate(1), seats=1), seat(1, 11), (SUITS,))
        assert said(one, seat(1, 12)) == ["The session has no seat left"]
        two = give(give(sitting(candidate(1)), seat(1, 11), (SUITS,)), seat(1, 12), (SUITS,))
        assert said(two, seat(1, 13)) == ["The State has", "Everybody whom the State nominated has a seat."]

    def test_a_second_seat_waits_until_every_state_that_can_has_its_first(self) -> None:
        both = give(sitting(candidate(1), candidate(2)), seat(1, 11), (SUITS,))
        assert said(both, seat(1, 12)) == ["A further seat is given once every State that can have a first one has it."]
        assert said(give(both, seat(2, 21), (SUITS,)), seat(1, 12)) == []
        unable = candidate(2, people=(person(21, 1, None),))
        assert said(give(sitting(candidate(1), unable), seat(1, 11), (SUITS,)), seat(1, 12)) == []

    def test_the_pledge_needs_the_cash_the_earmark_and_the_share(self) -> None:
        (short,) = against(sitting(candidate(1), cash=999), seat(1, 11), (SUITS,))
        assert short.facts == {"short": 1}
        assert said(sitting(candidate(1)), seat(1, 11), Verdict(("It is for other States.",))) == [
            "It is for other States."
        ]
        assert said(sitting(candidate(1)), seat(1, 11), Verdict((), 999)) == [
            "A share of the pledge leaves less than the seat costs."
        ]

    def test_what_is_not_of_the_round_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            sitting(candidate(1)).candidate(2)
        with pytest.raises(KeyError):
            sitting(candidate(1)).left(9)

    @given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), st.sampled_from([7, 8])), max_size=12))
    def test_whatever_is_tried_nothing_is_given_beyond_what_there_is(self, tries: list[tuple[int, int, int]]) -> None:
        now = replace(sitting(*(candidate(n) for n in (1, 2, 3)), seats=4, cash=3000))
        for request_id, place, pledge in tries:
            wanted = seat(request_id, request_id * 10 + place, pledge=pledge)
            if not against(now, wanted, (SUITS,)):
                now = give(now, wanted, (SUITS,))
        assert now.left(7) >= 0
        assert now.left(8) >= 0
        assert len(now.given) <= 4
        for request_id in (1, 2, 3):
            places = [one.delegate_id % 10 for one in now.of(request_id)]
            assert places == list(range(1, len(places) + 1)), "the State's own order"
