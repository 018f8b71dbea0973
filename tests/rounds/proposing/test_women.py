"""A share of women among the seats of a pledge: kept by every proposal, and the best that keeps it is found."""

import random
import uuid
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.rounds.proposing.cases import with_women
from tests.rounds.proposing.exhaustive import best_of, keeps_share
from tests.rounds.proposing.test_explaining import untrue
from tests.rounds.proposing.test_proposal import asked, everything, keeps_order_and_money, state, who
from tracker.pledges.earmarks import Facts, Rule
from tracker.pledges.queries import Purse
from tracker.pledges.women import NOBODY, Counted
from tracker.rounds.giving import Sitting, against, give, of_seats, turn
from tracker.rounds.means import Means, split
from tracker.rounds.proposing import model
from tracker.rounds.proposing.comparing import but_for_shares, greedy
from tracker.rounds.proposing.explaining import explain
from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.packing import Packing
from tracker.rounds.proposing.proposal import Proposal, funds_after, propose
from tracker.rounds.proposing.question import Fund, read, waiting, written
from tracker.rounds.proposing.turns import in_turn
from tracker.rounds.women import Share

SMALL = range(120)
DAY = date(2027, 1, 4)


def women(candidate, *said):
    """The State with people who said this: True for a woman."""
    people = zip(candidate.people, said, strict=True)
    return replace(candidate, people=tuple(replace(person, is_woman=is_woman) for person, is_woman in people))


def share_after(question, proposal, fund):
    """The share of a pledge with the seats whose fare it pays."""
    share, numbers = fund.women, {}
    for seat in proposal.seats:
        candidate = question.candidate(seat.request_id)
        own = numbers.get(seat.request_id, 0)
        numbers[seat.request_id] = own + 1
        is_woman = {person.delegate_id: person.is_woman for person in candidate.people}[seat.delegate_id]
        if share and fund.pledge_id in dict(seat.parts):
            assert share.broken_by(own, is_woman) is None, "nor does it pay a second part of a seat that breaks it"
        if seat.parts and seat.parts[0][0] == fund.pledge_id and share:
            share = share.also(own, is_woman)
            assert share.holds, "each seat in its turn keeps it, so that it can be given by hand"
    return share


def test_small_rounds_are_the_best_that_keep_the_share_and_every_seat_keeps_it_in_its_turn():
    compared, changed = [], 0

    def both(model, rules, number, tell):
        solved = in_turn(model, rules, number, tell)
        compared.append(({model.seats[seat].delegate_id for seat in solved.paid}, best_of(model, rules)))
        assert not any(one.gap for one in solved.reached)
        return solved

    for number in SMALL:
        question = with_women(number)
        proposal = propose(question, solve=both)
        keeps_order_and_money(question, proposal)
        assert all(keeps_share(share_after(question, proposal, fund)) for fund in question.funds)
        free = replace(question, funds=tuple(replace(fund, women=None) for fund in question.funds))
        changed += propose(free).seats != proposal.seats
    assert [pair for pair in compared if pair[0] != pair[1]] == []
    assert changed > len(SMALL) // 10, "the share decides in many of these rounds"


def test_sentences_about_a_share_hold_when_the_round_is_computed_without_it():
    said = shares = 0
    for number in range(0, 60, 6):
        question = with_women(number)
        proposal = propose(question)
        texts = explain(question, proposal)
        assert [(number, *wrong) for wrong in untrue(question, proposal, texts)] == []
        said += sum(sentence.key == "change_women" for one in texts for sentence in one.for_office)
        shares += sum(sentence.key == "share" for one in texts for sentence in one.for_state)
        assert not any(sentence.key == "change_women" for one in texts for sentence in one.for_state)
    assert said
    assert shares


def at_the_table(number):
    """A small round with what lies before whoever gives seats by hand: the question, what can pay, the sitting."""
    question = with_women(number)
    question = replace(question, funds=tuple(replace(fund, caps=()) for fund in question.funds))
    purses = {fund.pledge_id: purse_of(fund) for fund in question.funds}
    facts = {
        one.request_id: Facts(one.request_id, str(one.request_id), "participation", one.iso3, "AFR")
        for one in question.candidates
    }
    cash = tuple((fund.pledge_id, fund.cash) for fund in question.funds)
    return question, Means(purses, facts, question.costs, DAY), Sitting(question.order(), question.limits, cash)


def purse_of(fund):
    rules = (Rule("requests", tuple(map(str, fund.requests))),)
    rules += (Rule("women", ("woman",), fund.women.percent * 100),) if fund.women else ()
    sitting = fund.women.before if fund.women else NOBODY
    name = f"PL-{fund.pledge_id}"
    return Purse(fund.pledge_id, uuid.UUID(int=0), name, name, fund.cash, fund.cash, rules, {}, None, sitting)


def test_a_proposal_can_be_given_seat_by_seat():
    """Nothing stands against any of its seats in their order: also no first seat that could have been paid."""
    for number in SMALL:
        question, means, sitting = at_the_table(number)
        for seat in propose(question).seats:
            verdicts, payable = means.verdicts(sitting, seat), means.payable(sitting)
            assert against(sitting, seat, verdicts, payable) == (), number
            sitting = give(sitting, seat, verdicts, payable)


def test_seats_are_proposed_in_the_order_of_the_round_and_a_man_as_soon_as_the_share_allows_him():
    """A first man fits, the next ones wait for the woman behind them and come at once after her."""
    for seed in "abcd":
        states = [women(state(number), False) for number in (1, 2, 3)]
        fund = Fund(1, 2_000_000, everything(1, 2, 3), women=Share(50))
        question = replace(asked(*states, rules=(), funds=(fund,)), seed=seed)
        first, second, third = (placed.candidate.request_id for placed in question.order())
        question = question.changed(question.candidate(third), people=women(state(third), True).people)
        wanted = [first * 10 + 1, third * 10 + 1, second * 10 + 1]
        assert who(propose(question)) == wanted
        assert [seat.delegate_id for seat in greedy(question)] == wanted, "and so does the simple way"


def test_the_simple_way_counts_who_sits_and_tells_who_lacks_no_money():
    """Of three men one has a seat: two wait for the share alone, and with money for two seats one of these lacks it."""
    states = [women(state(number), False) for number in (1, 2, 3)]
    fund = Fund(1, 800_000, everything(1, 2, 3), women=Share(50))
    question = asked(*states, rules=(), funds=(fund,))
    assert len(greedy(question)) == 1
    assert len(but_for_shares(question, greedy(question))) == 2


def test_a_pledge_pays_no_second_part_of_a_seat_that_its_share_forbids():
    """Another pledge has the fare; the one that asks has the rest, and has no woman in its only seat."""
    one = women(state(1), False)
    funds = (Fund(1, 100_000, everything(1)), Fund(2, 300_000, everything(1), women=Share(50, Counted(0, 1))))
    question = asked(one, rules=(), funds=funds)
    free = replace(question, funds=(funds[0], replace(funds[1], women=None)))
    assert who(propose(free)) == [11]
    assert propose(question).seats == ()
    assert greedy(question) == []
    assert [sentence.key for sentence in explain(question, propose(question))[0].for_state] == ["share"]


def test_no_money_is_never_said_while_a_pledge_that_suits_has_the_sum():
    told = set()
    for number in range(0, 120, 3):
        question = with_women(number)
        proposal = propose(question)
        large = explain(replace(question, funds=(*question.funds, *NOTHING)), proposal)
        for texts in (explain(question, proposal) if number % 12 == 0 else (), large):
            for one in texts:
                keys = [sentence.key for sentence in one.for_state]
                told.update(keys)
                if "money" in keys:
                    free = waiting(question.candidate(one.request_id), {seat.delegate_id for seat in proposal.seats})
                    person = next(free)
                    for fund in funds_after(question, proposal.seats):
                        assert fund.most(one.request_id, person.delegate_id) < person.estimate
    assert {"share", "money"} <= told


NOTHING = tuple(Fund(number, 0, frozenset()) for number in range(1000, 1500))
"""So many pledges that no sentence is tried before it is said."""


@pytest.mark.parametrize("in_order", [True, False])
def test_whatever_is_given_by_hand_keeps_the_share_and_the_own_order_of_a_state(in_order):
    for number in SMALL:
        question, means, sitting = at_the_table(number)
        luck = random.Random(number)
        while ways := list(possible(means, sitting, question, in_order)):
            request_id, pledges = luck.choice(ways)
            person = sitting.next_person(request_id)
            most = [means.most(sitting, pledge, request_id) for pledge in pledges]
            second = split(means.costs[person.delegate_id], *most) if len(pledges) == 2 else ()
            seat = means.seat(request_id, person.delegate_id, pledges, second)
            sitting = give(sitting, seat, means.verdicts(sitting, seat), means.payable(sitting))
        given = Proposal(sitting.given, (), (), tuple((pledge, sitting.left(pledge)) for pledge, _ in sitting.cash))
        keeps_order_and_money(question, given)
        assert all(keeps_share(share_after(question, given, fund)) for fund in question.funds)


def possible(means, sitting, question, in_order):
    """The seats that can be given next, with what pays them: in the published order, or any."""
    payable = means.payable(sitting)
    first = turn(sitting, payable)
    for one in question.candidates:
        request_id = one.request_id
        if (request_id == first or not in_order) and sitting.can_have(request_id):
            for pledges in means.ways(sitting, request_id):
                if not of_seats(sitting, request_id, payable):
                    yield request_id, pledges


def test_a_second_seat_is_a_womans_where_the_share_asks_and_the_first_of_each_state_stays_first():
    """Kenya's second person is a woman, Nepal's a man: Kenya has two seats, and its first one is still its first."""
    kenya, nepal = (
        women(state(1, estimates=(400_000,) * 2), False, True),
        women(state(2, estimates=(400_000,) * 2), None, False),
    )
    share = Fund(1, 2_000_000, everything(1, 2), level=2, women=Share(50))
    for seed in "abc":
        question = replace(asked(kenya, nepal, rules=(), seats=3, funds=(share,)), seed=seed)
        assert sorted(who(propose(question))) == [11, 12, 21]
        assert read(written(question)) == question


def test_a_pledge_that_stands_below_its_share_gives_to_women_until_it_is_made_up():
    one, two = women(state(1), False), women(state(2), True)
    for before, seated in ((Counted(0, 2), [21]), (Counted(1, 3), [21, 11]), (Counted(0, 1), [21, 11])):
        fund = Fund(1, 2_000_000, everything(1, 2), women=Share(50, before))
        assert who(propose(asked(one, two, funds=(fund,)))) == seated, before


def test_a_packing_knows_when_a_woman_cannot_leave_a_pledge():
    """Two women and two men at one half: one woman may go, the second may not."""
    seats = tuple(OpenSeat(n, n, n, (), 100, is_woman=n < 2) for n in range(4))
    packing = Packing(Model(seats, (Fund(1, 400, everything(*range(4)), women=Share(50)),), 4))
    assert not any(packing.put(seat, 0) or not packing.sound(0) for seat in range(4))
    packing.take_out(0)
    assert packing.sound(0)
    packing.take_out(1)
    assert not packing.sound(0)
    assert packing.fits(0, 0)
    packing.undo(5)
    assert packing.sound(0)


def test_a_large_pass_gets_one_row_for_a_share_that_is_not_kept_and_nothing_is_lost_by_it(monkeypatch):
    """The one row is the sum of those for each man: what keeps these keeps it, and a man who comes first breaks it."""
    people = [OpenSeat(number, number, number, (), 100, is_woman=number < 2) for number in range(5)]
    fund = Fund(1, 10_000, everything(*range(5)), women=Share(50, Counted(0, 2)))
    small = list(Model(tuple(people), (fund,), 5)._women())
    monkeypatch.setattr(model, "EACH_MAN_TO", 0)
    large = Model(tuple(people), (fund,), 5)
    (row,) = large._women()
    assert len(small) == 3
    for solution in product((0, 1), repeat=5):
        if large.holds(solution, small):
            assert large.holds(solution, [row])
    assert not large.holds((0, 0, 1, 1, 1), [row])
