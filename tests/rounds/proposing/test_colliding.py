"""Rules that collide are named; a proposal stands beside what is simpler."""

from dataclasses import replace
from fractions import Fraction

from tests.rounds.proposing.cases import Size, drawn
from tests.rounds.proposing.test_proposal import asked, everything, state
from tracker.rounds.proposing.colliding import Collision, collisions
from tracker.rounds.proposing.comparing import figures, first_come, greedy
from tracker.rounds.proposing.proposal import propose
from tracker.rounds.proposing.question import Fund, read, written


def test_the_rule_that_holds_another_back_is_named():
    """One seat: the least developed country has it, so that the small island State goes without."""
    question = asked(
        state(1, lists=("ldc",)),
        state(2, lists=("sids",)),
        rules=("in_time", "ldc", "sids"),
        seats=1,
        funds=(Fund(1, 400_000, everything(1, 2)),),
    )
    assert collisions(question, propose(question)) == [Collision("ldc", "sids", 0, 1)]


def test_rules_that_agree_are_not_named():
    question = asked(state(1, lists=("ldc", "sids")), state(2), rules=("ldc", "sids"), seats=1, funds=())
    paid = replace(question, funds=(Fund(1, 400_000, everything(1, 2)),))
    assert collisions(paid, propose(paid)) == []


def test_a_proposal_stands_beside_first_come_and_the_order_served_one_by_one():
    """Three seats' money; the first to ask takes two of them where nobody minds the rules."""
    question = asked(
        state(1, estimates=(400_000, 400_000)),
        state(2, lists=("ldc",)),
        state(3, lists=("ldc",)),
        seats=3,
        funds=(Fund(1, 400_000, everything(1, 2)), Fund(2, 900_000, everything(1, 2, 3))),
    )
    by_rules, simple, first = (
        figures(question, seats) for seats in (propose(question).seats, greedy(question), first_come(question))
    )
    assert (by_rules.states, by_rules.people, by_rules.unused) == (3, 3, 100_000)
    assert (first.states, first.people) == (2, 3)
    assert by_rules.lowest_share == Fraction(1, 2)
    assert simple.people <= by_rules.people


def test_first_come_goes_by_the_moment_of_submission():
    """The lower number is no sign of it: drafts are numbered when they are begun."""
    question = asked(state(1), state(2), rules=(), seats=1, funds=(Fund(1, 400_000, everything(1, 2)),))
    came = {1: "2026-03-02T09:00:00+00:00", 2: "2026-03-02T08:59:00+00:00"}
    assert [seat.request_id for seat in first_come(replace(question, came=came))] == [2]
    assert [seat.request_id for seat in first_come(replace(question, came={2: came[1]}))] == [2]
    assert read(written(replace(question, came=came))).came == came


def test_no_simpler_way_gives_more_seats_by_the_first_rule():
    for number in range(20):
        question = drawn(number, Size(states=8, names=1, pledges=3, seats=6, in_all=1))
        preferred = {one.request_id for one in question.candidates if one.came_in_time}
        best, simple = (
            sum(seat.request_id in preferred for seat in seats if len(seat.parts) < 2)
            for seats in (propose(question).seats, greedy(question))
        )
        assert best >= simple
