"""The office's book of costs: rates and rule sets from the database, by the choice that every estimate makes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.costs.world import FUND, A, stay, trip
from tests.services.statements import statements
from tracker.costs import LineKind, estimate, queries, shipped
from tracker.costs.columns import Rate
from tracker.costs.models import CostRate, CostRule
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference import loader

VIENNA = Rate("daily", "VIE", "", 0, 0, None, None, 400_00, "EUR", date(2026, 6, 1), "circular 7")
JOURNEY = trip("NBO", stay("VIE", "2026-12-01", "2026-12-05"))


@pytest.fixture(autouse=True)
def loaded(app):
    loader.load()


def keep(*rates: Rate) -> None:
    with transaction():
        db.session.execute(sa.insert(CostRate), [rate.values for rate in rates])


def cost(book, **facts):
    lines = {LineKind.FARE, LineKind.ALLOWANCE, LineKind.TERMINALS}
    return estimate(facts.get("journey", JOURNEY), A, book.rates, payers=FUND, paid=lines, on=date(2026, 11, 29))


def test_what_is_delivered_makes_a_whole_estimate_and_says_that_it_is_a_stand_in():
    found = cost(queries.open_book({"NBO", "VIE"}))
    assert found.is_complete
    assert {part.source.split(";")[1].split(",")[0].strip() for line in found.lines for part in line.parts} == {
        "by us",
        "not a UN rate",
    }
    assert not any(rule.verified for rule in queries.all_rule_sets())


def test_the_rule_sets_in_the_database_are_those_that_are_shipped():
    assert queries.all_rule_sets() == shipped()
    assert queries.rule_set_codes() == ["A", "B"]
    book = queries.open_book(set())
    assert book.rule_set("A", date(2026, 1, 1)) == A
    assert book.rule_set("A", date(2019, 12, 31)) is None


def test_the_offices_own_rate_goes_before_a_newer_stand_in():
    keep(replace(VIENNA, effective_from=date(2024, 1, 1), currency="USD"))
    rate = queries.open_book({"VIE"}).rates.daily_on("VIE", date(2026, 12, 1))
    assert (rate.per_day, rate.source, rate.city) == (400_00, "circular 7", "Vienna")
    before = queries.open_book({"VIE"}).rates.daily_on("VIE", date(2023, 12, 31))
    assert before is None, "no row covers that day"


def test_a_rate_in_another_currency_is_turned_by_the_rate_of_exchange_in_force():
    keep(VIENNA)
    line = cost(queries.open_book({"NBO", "VIE"})).line(LineKind.ALLOWANCE)
    (units, day, source) = line.parts[0].exchange
    assert (day, source) == (date(2026, 10, 30), "ECB")
    assert line.parts[0].minor == 4 * round(Decimal(400) / units * 100)


@pytest.mark.parametrize("places", [{"NBO", "VIE"}, {"NBO", "VIE", "JFK", "GVA", "ADD", "BKK"}, None])
def test_a_book_for_any_number_of_people_costs_three_statements(places):
    keep(VIENNA)
    db.session.rollback()
    with statements() as said:
        queries.open_book(places, currencies=["CHF"])
    assert len(said) <= 3
    with statements() as said:
        assert set(queries.airports(["VIE", "NBO", "XXX"])) == {"VIE", "NBO"}
    assert len(said) == 1


def test_loading_again_adds_what_is_absent_and_leaves_the_offices_own():
    keep(VIENNA)
    with transaction():
        db.session.execute(sa.delete(CostRule).where(CostRule.rule_set == "B"))
        db.session.execute(sa.delete(CostRate).where(CostRate.place == "GVA"))
    gained = loader.load()
    assert (gained["cost_rates"], gained["cost_rules"]) == (1, 11)
    assert db.session.scalar(sa.select(CostRate.amount).where(CostRate.key == VIENNA.key)) == 400_00
