"""What is published tells nothing of few States by subtracting one figure from another, from facts made up here."""

from datetime import date
from types import SimpleNamespace

import pytest

from tracker.participation.board.queries import Board
from tracker.reference.models import Session
from tracker.reporting.equity import NOTHING, published_equity
from tracker.reporting.facts import Facts, MoneyFact, PledgeFact, SeatFact
from tracker.reporting.public_tables import drawn
from tracker.reporting.publishing import Row, Shown, left_over, publication, shown_of

DAY = date(2026, 9, 1)
AFRICA, ASIA = ("KEN", "MWI", "BEN", "MDG"), ("NPL", "BTN", "TLS")
GROUPS = {**dict.fromkeys(AFRICA, "AFR"), **dict.fromkeys(ASIA, "APG"), "JAM": "GRULAC"}


def of_state(iso3):
    return {"iso3": iso3, "group": GROUPS[iso3], "ldc": False, "lldc": False, "sids": False}


def board(asked, *seats):
    rows = [SimpleNamespace(id=n, delegates=people, **of_state(one)) for n, (one, people) in enumerate(asked.items())]
    numbers = {row.iso3: row.id for row in rows}
    given = [
        SimpleNamespace(
            **of_state(one.iso3),
            request_id=numbers.get(one.iso3, 99),
            status=one.status,
            number=1,
            given_back=one.given_back,
            missed=one.cause is not None,
        )
        for one in seats
    ]
    return Board(rows, given, DAY)


def seat(number, iso3, status="settled", *, gender="man", ticket_on=DAY, given_back=False, cause=None):
    state = of_state(iso3).values()
    return SeatFact(number, 1, *state, status, cause, None, given_back, gender, ticket_on, 1)


def published(*seats, paid=100_00, paying=1, by=(), settled=True):
    """`by` are the States that the second donor pays, wholly; the first pays the others."""
    asked = dict.fromkeys((one.iso3 for one in seats), 3)
    money = [MoneyFact(1 + (one.iso3 in by), 1, one.id, one.iso3, paid, 0, paid) for one in seats]
    donors = [PledgeFact(n + 1, None, f"PL-{n}", f"Donor {n}") for n in range(paying)]
    return publication(Facts(board(asked, *seats), seats, money, donors, (), None, DAY, 30, settled=settled), {})


def travelled(*states, start=0, **traits):
    return [seat(number, one, **traits) for number, one in enumerate(states, start=start)]


def missed(number, iso3):
    return seat(number, iso3, cause="illness")


class TestCosts:
    def test_a_missed_journey_of_a_state_that_travelled_too_is_no_difference(self):
        found = published(*travelled(*AFRICA), missed(9, "KEN"))
        assert (found.paid_minor, found.without_journey_minor) == (500_00, None)
        assert not any(one.paid_minor for one in found.costs)

    def test_a_group_without_a_missed_journey_is_told_beside_the_whole(self):
        found = published(*travelled(*AFRICA, *ASIA), missed(9, "NPL"))
        assert found.paid_minor == 800_00
        assert [one.paid_minor for one in found.costs if one.paid_minor] == [400_00]

    def test_all_are_told_where_the_missed_ones_are_of_three_states(self):
        lost = [missed(10 + number, one) for number, one in enumerate(AFRICA[:3])]
        found = published(*travelled(*AFRICA, *ASIA), *lost)
        assert (found.paid_minor, found.without_journey_minor, found.costs[-1].paid_minor) == (1000_00, 300_00, 700_00)


class TestWomen:
    def test_who_did_not_say_it_are_of_three_states_too(self):
        women, men = travelled(*AFRICA, gender="woman"), travelled(*ASIA, start=10)
        assert published(*women, *men).women == (4, 7)
        silent = travelled("KEN", start=20, gender="not_stated")
        assert published(*women, *men, *silent).women is None
        silent += travelled("MWI", "NPL", start=30, gender="not_stated")
        assert published(*women, *men, *silent).women == (4, 7)

    def test_that_nobody_is_a_woman_or_a_man_would_be_said_of_each(self):
        for gender in ("man", "woman"):
            assert published(*travelled(*AFRICA, *ASIA, gender=gender)).women is None


class TestDonors:
    """What a donor knows of its own money, taken from what is published, tells of three other States or of none."""

    def test_what_one_pays_leaves_three_others_or_none(self):
        seats = travelled(*AFRICA, *ASIA)
        two = published(*seats, paying=2, by=ASIA[:2])
        assert two.regions.whole.given is two.paid_minor is None, "who pays the five others reads of these two"
        assert two.regions.whole.asked == 21, "what was asked no donor knows"
        one_left = published(*seats, paying=2, by=(*ASIA[:2], "KEN"))
        assert (one_left.regions.whole.given, one_left.paid_minor) == (7, 700_00)
        assert not any(one.given for one in one_left.regions.groups)
        assert not any(one.paid_minor for one in one_left.costs[:-1])
        whole = published(*seats, paying=2, by=ASIA)
        assert [one.given for one in whole.regions.groups if one.given] == [4, 3]
        assert [one.paid_minor for one in whole.costs if one.paid_minor] == [400_00, 300_00, 700_00]

    def test_tickets_and_women_are_judged_beside_what_one_pays(self):
        mixed = [*travelled(*AFRICA, gender="woman"), *travelled(*ASIA, start=10)]
        assert published(*mixed, paying=2, by=ASIA).women == (4, 7)
        assert published(*mixed, paying=2, by=("NPL",)).women is None
        late = travelled("KEN", "MWI", "BEN", start=30, ticket_on=None)
        assert published(*mixed, *late, paying=2, by=ASIA).tickets == 7
        assert published(*mixed, *late, paying=2, by=("KEN",)).tickets is None


def test_no_money_is_told_before_all_seats_are_settled():
    """Two reports read one after the other would tell what was paid in between."""
    found = published(*travelled(*AFRICA, *ASIA), settled=False)
    assert (found.settled, found.regions.whole.given, found.regions.whole.used) == (False, 7, 7)
    assert found.paid_minor is found.without_journey_minor is found.donors is None
    assert not any(one.paid_minor for one in found.costs)


class TestTickets:
    def test_seats_without_a_ticket_are_of_three_states_too(self):
        bought = travelled(*AFRICA, *ASIA)
        assert (published(*bought).tickets, published(*bought).in_time) == (7, 7)
        bare = travelled("JAM", start=20, ticket_on=None)
        assert published(*bought, *bare).tickets is None
        bare += travelled("KEN", "NPL", start=30, ticket_on=None)
        assert published(*bought, *bare).tickets == 7

    def test_a_ticket_whose_seat_was_given_back_is_no_difference(self):
        back = seat(20, "KEN", status="cancelled", given_back=True, cause="illness")
        assert published(*travelled(*AFRICA, *ASIA), back).tickets is None


def test_donors_count_whose_pledges_paid():
    assert published(*travelled(*AFRICA), paying=3).donors is None


class TestWithoutASeat:
    def test_sums_leave_out_sessions_that_publish_asked_alone(self):
        both = board(dict.fromkeys(AFRICA, 3), *travelled(*AFRICA))
        alone = board(dict.fromkeys(AFRICA, 3), *travelled("KEN"))
        found = published_equity([(Session(id=1), both), (Session(id=2), alone)], {}, ())
        whole = found.regions.whole
        assert (whole.asked, whole.given, whole.without) == (24, 4, 8)
        assert found.regions.groups[0].without == 8

    def test_merged_rows_are_subtracted_where_they_merge_the_same_groups(self):
        asked = dict.fromkeys((*AFRICA, *ASIA), 3)
        same, _lists = shown_of(board(asked, *travelled(*AFRICA, *ASIA)))
        assert (same.whole.without, same.merged.without) == (14, None)
        other, _lists = shown_of(board(asked, *travelled(*AFRICA, "NPL", "BTN")))
        assert other.groups[1].asked == 9
        assert other.groups[1].given is None
        assert other.merged.without is None

    @pytest.mark.parametrize(("asked", "given", "left"), [(3, 4, None), (3, 0, None), (3, None, None), (4, 4, 0)])
    def test_is_told_where_both_can_be_read(self, asked, given, left):
        assert left_over(asked, given) == left


def test_the_chart_draws_nought_and_merged_alike(app):
    rows = tuple(Row("African States", 9, given, None, left_over(9, given)) for given in (0, None))
    with app.test_request_context():
        ((_kind, (nought, merged)),) = drawn(Shown(NOTHING, rows, NOTHING)).values()
    assert nought == merged


def test_who_travelled_is_told_once_it_is_known_of_every_seat():
    everybody = travelled(*AFRICA, *ASIA)
    found = published(*everybody, *travelled(*ASIA, start=20, status="ticketed"), settled=False)
    assert not found.recorded
    assert not any(row.used for row in (found.regions.whole, *found.regions.groups, *found.lists.groups))
    found = published(*everybody, settled=False)
    assert (found.recorded, found.regions.whole.used) == (True, 7)
