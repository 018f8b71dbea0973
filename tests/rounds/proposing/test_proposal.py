"""The proposal of a round: the best by the published rules, and never against a State's own order or above a pledge."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.rounds.proposing.cases import KINDS, Size, drawn, small
from tests.rounds.proposing.exhaustive import best_of
from tracker.rounds.giving import Limits
from tracker.rounds.ordering import Candidate, Person, SelectionRule
from tracker.rounds.proposing.proposal import STEPS, propose
from tracker.rounds.proposing.question import Fund, Question, fingerprint, read, written
from tracker.rounds.proposing.turns import in_turn

SMALL = range(200)


def state(request_id, *, lists=(), estimates=(400_000,)):
    people = [Person(request_id * 10 + n, n, False, False, cents) for n, cents in enumerate(estimates, start=1)]
    return Candidate(request_id, f"S{request_id:02}", True, frozenset(lists), 0, False, tuple(people))


def asked(*candidates, rules=("ldc",), seats=10, in_all=2, funds):
    costs = {
        person.delegate_id: (("fare", 100_000), ("dsa", person.estimate - 100_000))
        for one in candidates
        for person in one.people
    }
    chosen = tuple(SelectionRule(kind, "") for kind in rules)
    return Question(candidates, chosen, "seed", Limits(seats, 1, in_all), costs, funds)


def who(proposal):
    return [seat.delegate_id for seat in proposal.seats]


def everything(*requests):
    return frozenset(requests)


def test_small_rounds_are_the_best_that_trying_everything_finds():
    """Each pass of 200 rounds is compared with all sets of seats that keep the conditions, by the same rules."""
    compared = []

    def both(model, rules, number, tell):
        solved = in_turn(model, rules, number, tell)
        given = {model.seats[seat].delegate_id for seat in solved.paid}
        compared.append((given, best_of(model, rules), [one.gap for one in solved.reached]))
        return solved

    for number in SMALL:
        propose(small(number), solve=both)
    assert len(compared) > len(SMALL)
    assert [(given, best) for given, best, _gaps in compared if given != best] == []
    assert not any(gap for _, _, gaps in compared for gap in gaps)


def test_no_set_of_rules_breaks_the_own_order_of_a_state_or_a_pledge():
    for number in SMALL[::4]:
        question = small(number)
        rules = random.Random(number).sample(KINDS, len(KINDS))
        for kinds in (rules, rules[:1], ()):
            asked_ = replace(question, rules=tuple(SelectionRule(kind, "") for kind in kinds))
            keeps_order_and_money(asked_, propose(asked_))


def keeps_order_and_money(question, proposal):
    paid = Counter()
    for one in question.candidates:
        given = [seat.delegate_id for seat in proposal.of(one.request_id)]
        assert given == [person.delegate_id for person in one.nominees][: len(given)]
        assert len(given) <= question.limits.in_all
    for seat in proposal.seats:
        assert seat.amount == sum(cents for _, cents in question.costs[seat.delegate_id])
        for pledge, cents in seat.parts:
            paid[pledge, seat.request_id] += cents
    for fund in question.funds:
        used = {request: cents for (pledge, request), cents in paid.items() if pledge == fund.pledge_id}
        assert set(used) <= fund.requests
        assert sum(used.values()) <= fund.cash
        assert dict(proposal.left)[fund.pledge_id] == fund.cash - sum(used.values())
        for cap in fund.caps:
            assert sum(cents for request, cents in used.items() if request in cap.requests) <= cap.left
    assert len(proposal.seats) <= question.limits.seats


def test_the_same_question_gives_the_same_bytes_however_it_was_entered():
    question = drawn(1, Size(states=14, names=2, pledges=3, seats=12))
    shown = fingerprint(propose(question).written())
    luck = random.Random(0)
    for _time in range(3):
        entered = replace(
            question,
            candidates=tuple(luck.sample(question.candidates, len(question.candidates))),
            funds=tuple(luck.sample(question.funds, len(question.funds))),
            costs=dict(luck.sample(sorted(question.costs.items()), len(question.costs))),
        )
        assert written(entered) == written(question)
        assert fingerprint(propose(entered).written()) == shown
    assert read(written(question)) == replace(question, funds=read(written(question)).funds)
    assert fingerprint(propose(read(written(question))).written()) == shown


def test_the_work_tells_how_far_it_is_within_a_pass_and_can_be_stopped_there():
    class Stopped(Exception):
        pass

    told = []

    def tell(done, total):
        told.append((done, total))
        if len(told) == 4:
            raise Stopped

    question = drawn(1, Size(states=14, names=2, pledges=3, seats=12))
    with pytest.raises(Stopped):
        propose(question, tell)
    assert sorted(set(told)) == told
    assert told[-1][0] < STEPS
    propose(question, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]


def test_a_rule_is_followed_before_more_seats_are_given():
    """One seat for a least developed country rather than two for others, where the money is for either."""
    dear = state(1, lists=("ldc",), estimates=(800_000,))
    question = asked(dear, state(2), state(3), funds=(Fund(1, 800_000, everything(1, 2, 3)),))
    assert who(propose(question)) == [11]
    assert set(who(propose(replace(question, rules=())))) == {21, 31}


def test_what_all_rules_leave_equal_is_decided_by_the_lot():
    question = asked(state(1), state(2), seats=1, funds=(Fund(1, 400_000, everything(1, 2)),))
    first = question.order()[0].candidate.request_id
    assert who(propose(question)) == [first * 10 + 1]
    other = 3 - first
    assert who(propose(replace(question, first=other))) == [other * 10 + 1]


def test_money_that_only_one_state_may_use_is_left_to_it():
    """Served one after the other, the first State would take the free money and the second would get nothing."""
    funds = (Fund(1, 400_000, everything(1, 2)), Fund(2, 400_000, everything(1), level=3))
    for seed in ("a", "b", "c"):
        question = replace(asked(state(1), state(2), in_all=1, funds=funds), seed=seed)
        assert {seat.delegate_id: seat.parts for seat in propose(question).seats} == {
            11: ((2, 400_000),),
            21: ((1, 400_000),),
        }


def test_two_pledges_pay_a_seat_that_none_can_pay_alone_before_any_second_seat():
    funds = (Fund(1, 150_000, everything(1)), Fund(2, 380_000, everything(1)))
    given = propose(asked(state(1, estimates=(400_000, 130_000)), funds=funds)).seats
    assert [(seat.delegate_id, seat.parts) for seat in given] == [(11, ((1, 100_000), (2, 300_000)))]


@pytest.mark.parametrize("fault", ["estimate", "in_time"])
def test_whoever_cannot_sit_ends_the_seats_of_the_state(fault):
    first = state(1, estimates=(400_000, 300_000))
    question = asked(first, funds=(Fund(1, 900_000, everything(1)),))
    broken = replace(first.people[0], **{fault: None if fault == "estimate" else False})
    question = question.changed(first, people=(broken, *first.people[1:]))
    assert who(propose(question)) == []
    assert propose(question).reserve == (11, 12)


def test_a_seat_of_an_earlier_round_counts_and_its_person_is_passed_over():
    funds = (Fund(1, 900_000, everything(1, 2)),)
    question = asked(state(1, estimates=(400_000, 400_000)), state(2), seats=2, funds=funds)
    assert who(propose(replace(question, seated=frozenset({11}), taken=1))) == [21]
