"""What the seats of a delegation would cost, from what the State says; what is missing is named, never 0."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import participation as make
from tests.factories.participation import person
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.costs import Book, FlatAmount, LineKind, Payer, Rates, moving, sentences
from tracker.costs import queries as costs
from tracker.database.transactions import transaction, update_where
from tracker.participation import queries, services
from tracker.participation.costing import costing
from tracker.participation.estimating import estimates_of
from tracker.participation.models import Delegate
from tracker.participation.support.queries import support_of

FIRST = date(2026, 12, 7)
MOST = 16
"""Statements of a page with estimates: those of any request, the people, the session's support, airports, the book."""


@pytest.fixture
def meeting(meeting):
    """The session, in Vienna, with its support."""
    make.with_support(meeting)
    return meeting


def estimated(case, meeting, *people):
    for one in people:
        services.nominate(case.public_id, actor=case.drafter, nomination=one)
    delegates, support = queries.delegates_of(case.now.id), support_of(meeting)
    return {delegate.name: estimates_of(delegates, support)[delegate.id] for delegate in delegates}


def lacks(estimate):
    return [(one.line.value, one.what) for one in estimate.missing]


def test_every_line_that_the_session_pays_by_who_pays_it(case, meeting):
    host = person("Serge Koffi", payer_allowance="host", payer_visa="fund", last=None)
    found = estimated(case, meeting, person(), host)
    awa, serge = found["Awa Konan"], found["Serge Koffi"]
    assert [line.kind for line in awa.lines] == ["fare", "allowance", "terminals", "visa", "contingency"]
    assert awa.is_complete
    assert serge.is_complete
    assert awa.line(LineKind.VISA).from_fund == 0
    assert serge.line(LineKind.VISA).from_fund == 210_00
    assert serge.line(LineKind.ALLOWANCE).from_fund == 0
    assert serge.in_kind == serge.line(LineKind.ALLOWANCE).value == awa.line(LineKind.ALLOWANCE).from_fund > 0
    assert awa.from_fund == sum(line.value for line in awa.lines)
    assert serge.line(LineKind.FARE).value == 1400_00, "a return fare by distance"


def test_what_nobody_said_is_missing_and_never_nothing(case, meeting):
    unsaid = person("Payer Unsaid", payer_fare=None, payer_visa=None)
    nowhere = person("Airport Unsaid", departure_airport="Home")
    undated = person("Days Unsaid", arrives_on=None)
    others = person("Others Pay", arrives_on=None, **dict.fromkeys(make.PAID, "state"))
    found = estimated(case, meeting, unsaid, nowhere, undated, others)
    assert lacks(found["Payer Unsaid"]) == [("fare", "payer"), ("visa", "payer"), ("contingency", "payer")]
    assert found["Payer Unsaid"].line(LineKind.ALLOWANCE).from_fund > 0
    paid = ("fare", "allowance", "terminals", "contingency")
    assert lacks(found["Airport Unsaid"]) == [(line, "airport") for line in paid]
    assert lacks(found["Days Unsaid"]) == [(line, "days") for line in paid]
    assert [one.is_complete for one in found.values()] == [False, False, False, True]
    assert found["Others Pay"].from_fund == 0
    said = {sentences.lacks(one) for one in found["Payer Unsaid"].missing + found["Days Unsaid"].missing}
    assert said == {"It is not said who pays this", "The travel days are not known"}


def test_what_the_office_has_not_filled_is_missing(case, meeting):
    one = estimated(case, meeting, person())["Awa Konan"]
    delegates, support = queries.delegates_of(case.now.id), support_of(meeting)
    elsewhere = replace(support, airport_iata=None)
    assert {what for _line, what in lacks(estimates_of(delegates, elsewhere)[delegates[0].id])} == {"place"}
    no_rules = replace(support, terms=replace(support.terms, rule_set="Z"))
    found = estimates_of(delegates, no_rules)[delegates[0].id]
    assert {what for _line, what in lacks(found)} == {"rule_set"}
    assert "Z" in sentences.lacks(found.missing[0])
    assert one.line(LineKind.FARE).payer is Payer.FUND


def test_any_number_of_people_costs_three_statements(case, meeting):
    estimated(case, meeting, person(), person("Serge Koffi"), person("Zuri Otieno", departure_airport="ABJ"))
    delegates, support = queries.delegates_of(case.now.id), support_of(meeting)
    with statements() as said:
        assert len(estimates_of(delegates, support, on=FIRST)) == 3
    assert len(said) <= 3, said


def test_stands_line_by_line_with_its_reasons_on_both_pages(client, meeting):
    case = make.in_review(session_id=meeting, names=("Awa Konan", "Zuri Otieno"))
    with transaction():
        update_where(Delegate, Delegate.name == "Zuri Otieno", payer_fare=None, payer_allowance="host")
    for reader, address in (
        (case.people.drafter, case.url),
        (case.people.officer, f"/triage/requests/{case.public_id}"),
    ):
        sign_in(client, reader)
        client.get(address)
        with statements() as said:
            page = client.get(address).text
        assert len(said) <= MOST, said
        shown = page.partition('id="estimates"')[2] or page
        for words in (
            "The estimate is incomplete",
            "half of 1,400, tariff of",
            "Stand-in for first use; by us, to be verified; not a UN rate",
            "It is not said who pays this",
            "Paid by: the host of the session; worth",
        ):
            assert words in shown, words
    assert page.count("No visa needed") == 2


def test_an_import_of_rates_says_which_sums_move(meeting):
    make.in_review(session_id=meeting, names=("Awa Konan", "Zuri Otieno"))
    before = costs.open_book(None)
    assert not list(moving.moved(before, before))
    dearer = Rates(flat=(FlatAmount("terminal", "VIE", 50_00, "USD", date(2026, 1, 1), "circular"),))
    (moved,) = moving.moved(before, Book(before.rates.with_rows(dearer), before.rule_sets))
    assert (moved.whose, moved.number, moved.after - moved.before) == ("AHC-P1", 2, 2 * 2 * 12_00)
    assert (moved.incomplete_before, moved.incomplete_after) == (0, 0)


def test_the_sum_is_of_those_who_can_get_a_seat_and_says_so(client, case, meeting):
    names = ("Awa Konan", "Serge Koffi", "Zuri Otieno", "Nadia Diallo")
    for name in names:
        services.nominate(
            case.public_id, actor=case.drafter, nomination=person(name, alternate=name.startswith("Nadia"))
        )

    def shown():
        return costing(queries.delegates_of(case.now.id), support_of(meeting))

    two = shown()
    assert [one.counts for one in two.people] == [True, True, False, False]
    sign_in(client, case.people.drafter)
    page = words_of(client.get(f"{case.url}/delegates"))
    amount = " ".join(two.total.split())
    assert f"This fund would pay {amount} for the 2 people who can get a seat." in page
    assert page.count("(not in the sum)") == 2
    # The alternate sits in the seat of the first; the second gave theirs up; the third is on the reserve list.
    with transaction():
        for name, status in zip(names, ("substituted", "declined", "reserve", "selected"), strict=True):
            update_where(Delegate, Delegate.name == name, status=status)
    one = shown()
    assert [(each.name, each.counts) for each in one.people] == [("Zuri Otieno", False), ("Nadia Diallo", True)]
    assert (one.counted, one.total) == (1, one.people[1].total)
