"""Each sentence of an explanation is true: the round computed again with the named fact changed shows it."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.rounds.proposing.cases import Size, drawn, small
from tests.rounds.proposing.test_proposal import asked, everything, state
from tracker.rounds.proposing.explaining import TEXTS, explain
from tracker.rounds.proposing.proposal import propose
from tracker.rounds.proposing.question import Fund

EVERY = 10
"""One small round in so many: all of them are explained in the drills."""


def untrue(question, proposal, texts):
    """The sentences that the round computed again does not bear out, or that claim nothing."""
    for one in texts:
        seats = len(proposal.of(one.request_id))
        for sentence in one.for_office:
            if not sentence.claims or not all(c.holds(question, one.request_id, seats) for c in sentence.claims):
                yield one.request_id, sentence.key


def explained(question):
    return {one.request_id: one for one in explain(question, propose(question))}


def keys(sentences):
    return [one.key for one in sentences]


@pytest.fixture(scope="module")
def small_rounds():
    """Small rounds with their proposal and what is said of them."""
    questions = [(number, small(number)) for number in range(0, 200, EVERY)]
    return [
        (number, question, proposal, explain(question, proposal))
        for number, question in questions
        for proposal in (propose(question),)
    ]


def test_all_sentences_hold_when_the_round_is_computed_again(small_rounds):
    said = Counter()
    for number, question, proposal, texts in small_rounds:
        said.update(key for one in texts for key in keys(one.for_office))
        assert [(number, *wrong) for wrong in untrue(question, proposal, texts)] == []
    assert set(said) == set(TEXTS) - {"change_women", "share"}, said  # tests/rounds/proposing/test_women.py has these


def test_every_state_that_asked_for_more_reads_why(small_rounds):
    for _number, question, proposal, texts in small_rounds:
        for one in texts:
            nominees = {person.delegate_id for person in question.candidate(one.request_id).nominees}
            if nominees & set(proposal.reserve):
                assert set(keys(one.for_state)) & {"limit", "time", "estimate", "money", "seats"}


def test_the_text_for_the_state_names_no_donor_and_no_other_state(small_rounds):
    for _number, _question, _proposal, texts in small_rounds:
        for sentence in (sentence for one in texts for sentence in one.for_state):
            assert set(sentence.facts) <= {"rule", "found"}
            assert not sentence.key.startswith("change_")


def test_a_rule_and_the_money_that_is_missing_are_named():
    funds = (Fund(1, 700_000, everything(1, 2)),)
    question = replace(asked(state(1, lists=("ldc",)), state(2), funds=funds), first=2)
    found = explained(question)
    assert keys(found[1].for_state) == ["by_rule"]
    assert keys(found[2].for_state) == ["money", "other_rule"]
    (money,) = [one for one in found[2].for_office if one.key == "change_money"]
    assert money.facts == {"amount": 100_000, "pledge": 1}


def test_the_lot_is_named_where_it_decided():
    question = asked(state(1), state(2), seats=1, rules=(), funds=(Fund(1, 900_000, everything(1, 2)),))
    first = question.order()[0].candidate.request_id
    found = explained(question)
    assert keys(found[3 - first].for_state) == ["seats", "lot"]
    assert "change_seats" in keys(found[3 - first].for_office)


def test_a_large_round_says_only_what_is_certain():
    """Nothing is computed again there; what is said needs no trying."""
    question = replace(drawn(3, Size(states=5, names=2, pledges=2, seats=4)), rules=())
    proposal = propose(question)
    large = replace(question, funds=(*question.funds, *(Fund(900 + n, 0, frozenset()) for n in range(60))))
    proposal = propose(large)
    texts = explain(large, proposal)
    said = {key for one in texts for key in keys(one.for_office)}
    assert said
    assert not said & {"by_rule", "by_no_rule", "other_rule", "lot", "change_money", "change_seats"}
    assert list(untrue(large, proposal, texts)) == []
