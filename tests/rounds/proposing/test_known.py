"""What is known of a round answers a change of it as the round computed again does."""

import pytest

from tests.rounds.proposing.cases import KINDS, Size, drawn, small
from tracker.rounds.proposing.changes import Change
from tracker.rounds.proposing.known import Known
from tracker.rounds.proposing.proposal import propose

ROUNDS = [small(number) for number in range(0, 60, 6)]


def changes(question):
    """Every fact of every State that a rule or the lot asks for, turned round, and more of seats and money."""
    for one in question.candidates:
        of = one.request_id
        for rule in dict.fromkeys(rule.kind for rule in question.rules):
            preferred = KINDS_OF[rule](one)
            yield of, Change("not_preferred" if preferred else "preferred", (of, rule))
        yield of, Change("drawn_first", (of,))
        yield of, Change("more_seats", (1,))
        yield of, Change("more_money", (1, 100_000))


KINDS_OF = {
    "in_time": lambda one: one.came_in_time,
    "ldc": lambda one: "ldc" in one.lists,
    "lldc": lambda one: "lldc" in one.lists,
    "sids": lambda one: "sids" in one.lists,
    "never_funded": lambda one: one.funded_before == 0,
    "fewest_seats": lambda one: one.funded_before == 0,
    "accounts_settled": lambda one: not one.owes_accounts,
}


@pytest.mark.parametrize("question", [*ROUNDS, drawn(5, Size(6, 2, 3, 8, cash=0.4, first_pass=2, in_all=3))])
def test_a_change_gives_what_the_round_computed_again_gives(question):
    assert set(KINDS_OF) == set(KINDS)
    known = Known()
    assert propose(question, solve=known.about(None)) == propose(question)
    for of, change in changes(question):
        changed = change.applied(question)
        assert propose(changed, solve=known.about(of)).written() == propose(changed).written(), change
