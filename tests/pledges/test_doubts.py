"""What is seldom meant in pledges and rates is asked about once, and saved by a second press with the same text."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.reference.test_doubts import ASKED, SURE
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.errors import Doubtful
from tracker.pledges import services
from tracker.reference import queries as reference


def day(name, value):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}


def press_twice(client, address, fields, said):
    """The first press is asked about with `said`; gives the answer to the second."""
    first = {"key": "0b0f8d32-6a6d-4d6c-9c1d-b9d4f2a8d112", **fields}
    asked = client.post(address, data=first)
    assert asked.status_code == 422
    assert said in words_of(asked)
    assert ASKED in words_of(asked)
    sure = next(found for found in SURE.findall(asked.text) if found)
    return client.post(address, data={**first, "sure": sure})


@pytest.fixture(autouse=True)
def without_csrf(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def people(app):
    return make.people()


@pytest.fixture
def browser(app):
    return lambda someone: sign_in(app.test_client(), someone)


def test_a_charge_above_its_receipt(browser, people):
    pledge = make.accepted(people)
    fields = {
        "amount": "10",
        "charge": "20",
        "external_reference": "BANK-1",
        "instalment": "",
        **day("value_date", today()),
    }
    done = press_twice(
        browser(people.finance), f"/pledges/{pledge}/receipt", fields, "The charges are more than what came in."
    )
    assert done.status_code == 302


def test_a_raise_that_was_due_before(browser, people):
    pledge = make.accepted(people)
    fields = {"amount": "10", "reason": "They gave more.", **day("due_on", today() - timedelta(days=1))}
    done = press_twice(
        browser(people.manager),
        f"/pledges/{pledge}/raise",
        fields,
        "An instalment would be due on a day that has passed",
    )
    assert done.status_code == 302


class TestAnOffer:
    def test_whose_instalment_was_due_before(self, browser, people):
        fields = {
            "step": "review",
            "go": "next",
            "title": "Travel",
            "amount": "100",
            "currency": "USD",
            "instalments-0-amount": "100",
            **day("instalments-0-due_on", today() - timedelta(days=400)),
        }
        done = press_twice(
            browser(people.officer), "/pledges/new", fields, "An instalment would be due on a day that has passed"
        )
        assert done.status_code == 302

    def test_is_refused_by_the_verb_too(self, people):
        terms = make.terms(100_00, parts=(100_00,))
        late = services.Terms(
            terms.title, terms.amount_minor, "USD", (services.Part(today() - timedelta(days=1), 100_00),)
        )
        with pytest.raises(Doubtful):
            services.offer(late, actor=people.officer.actor)


class TestARate:
    def test_says_what_moves(self, browser, people):
        make.rate("EUR", Decimal("0.80"))
        make.accepted(people, make.terms(800_00, "EUR"))
        fields = {"currency": "EUR", "units_per_usd": "0.5", "source": "Bank", **day("valid_from", today())}
        said = (
            "Pledges of which money is still expected: 1. "
            "At the rate before it comes to USD 1,000, at this one to USD 1,600."
        )
        done = press_twice(browser(person("administrator")), "/settings/rates", fields, said)
        assert done.status_code == 302
        assert reference.rate_for("EUR", today()).units_per_usd == Decimal("0.5")

    def test_in_a_file_says_what_moves_and_is_of_that_file_only(self, browser, people):
        make.rate("EUR", Decimal("0.80"))
        make.accepted(people, make.terms(800_00, "EUR"))
        client, key = browser(person("administrator")), "0b0f8d32-6a6d-4d6c-9c1d-b9d4f2a8d113"

        def send(units, sure=""):
            rows = f"currency,units_per_usd,date,source\nEUR,{units},{today()},Bank\n".encode()
            fields = {"key": key, "sure": sure, "file": (io.BytesIO(rows), "rates.csv")}
            return client.post("/settings/rates-file", data=fields)

        asked = send("0.5")
        assert asked.status_code == 422
        words = words_of(asked)
        assert "Pledges of which money is still expected: 1." in words
        assert "At the rate before it comes to USD 1,000, at this one to USD 1,600." in words
        assert "Choose the same file again" in words
        assert reference.rate_for("EUR", today()).units_per_usd == Decimal("0.80")
        sure = next(found for found in SURE.findall(asked.text) if found)
        assert send("0.4", sure).status_code == 422
        assert reference.rate_for("EUR", today()).units_per_usd == Decimal("0.80")
        assert send("0.5", sure).status_code == 302
        assert reference.rate_for("EUR", today()).units_per_usd == Decimal("0.5")

    def test_is_saved_at_once_where_nothing_moves(self, browser, people):
        make.rate("EUR", Decimal("0.80"))
        fields = {"currency": "EUR", "units_per_usd": "0.78", "source": "Bank", **day("valid_from", today())}
        assert browser(person("administrator")).post("/settings/rates", data=fields).status_code == 302
