"""A pledge's statement: the example of the product's rules, by hand, on the page and in the files."""

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tests.statements.conftest import days_ago
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.models import Pledge
from tracker.pledges.services import Payment


def paid(amount, reference="FIN-1"):
    return Payment(amount, today(), reference, "supplier", "card")


@pytest.fixture
def example(people):
    """Accept 100, receive 60, approve 53, pay 50, recover 10, reduce 20, withdraw, release 13, refund 13.10."""
    finance = people.finance.actor
    with days_ago(30):
        pledge = make.accepted(people, make.terms(100_00))
        services.record_receipt(pledge, actor=finance, money_in=make.money_in(60_00))
        allocation = make.allocated(people, pledge, make.request_of(), 53_00)
    with days_ago(20):
        services.disburse(allocation, actor=finance, payment=paid(50_00))
        services.recover(allocation, actor=finance, payment=paid(10_00, "FIN-2"))
        make.reduce_amount(people, pledge, 20_00)
    with days_ago(10):
        services.withdraw(pledge, actor=people.signatory.actor, version=None, reason="No more.")
        services.release_allocation(allocation, actor=finance, version=2, reason="Done.")
        make.refund(people, pledge, 13_10, "FIN-3")
    db.session.rollback()
    return pledge


def address(pledge, first=None, last=None, **more):
    asked = {"first": first, "last": last, **more}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"/pledges/{pledge}/statement?{query}"


def test_the_example_of_the_rules(people, page, example):
    said = words_of(page(people.officer, address(example)))
    assert "USD 5.20 earned of USD 6.90 set aside" in said
    assert "Support cost returned USD 1.70" in said
    assert "Paid and support cost earned USD 45.20" in said
    assert "Received, less what was returned USD 45.20" in said
    assert "Not reconciled with the finance system yet." in said


def test_a_part_of_it_leads_from_opening_to_closing(people, page, example):
    first, last = today() - timedelta(days=25), today() - timedelta(days=15)
    shown = page(people.officer, address(example, first, last))
    said = words_of(shown)
    # Expected, available, support, held, paid, together.
    for row in (
        "40.00 0.10 6.90 53.00 60.00 No longer promised 1 step -20.00",
        "Paid 1 step -50.00 +50.00 Recovered 1 step +10.00 -10.00 Closing",
        "20.00 0.10 6.90 13.00 40.00 60.00",
    ):
        assert row in said, row
    assert 'href="#l-paid"' in shown.text
    assert 'id="l-paid"' in shown.text
    assert f"first={today() - timedelta(days=30)}&amp;last={today() - timedelta(days=26)}" in shown.text, (
        "the opening leads to what made it"
    )


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_as_files(people, page, example, form):
    answer = page(people.officer, address(example, **{"as": form}))
    assert answer.status_code == 200
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        closing = next(row for row in rows if row[1].startswith("Closing") and row[2] == "Together")
        assert (closing[3], Decimal(closing[4])) == ("USD", Decimal("45.20"))
        assert any(row[0] == "Steps of the ledger" and "FIN-3" in row for row in rows)
    elif form == "xlsx":
        assert "xl/worksheets/sheet4.xml" in zipfile.ZipFile(io.BytesIO(answer.get_data())).namelist()
    else:
        assert answer.get_data().startswith(b"%PDF")


def test_days_that_are_none_are_said_and_kept(people, page, example):
    for first, last, sentence in (
        ("2026-13-40", "", "Enter both days as real dates."),
        (today(), today(), "A statement ends on a day that is over."),
        (today() - timedelta(days=2), today() - timedelta(days=4), "The last day lies before the first."),
        (today() - timedelta(days=40), "", "There was no money before the first day that is offered here."),
    ):
        answer = page(people.officer, address(example, first, last))
        assert (answer.status_code, sentence in words_of(answer)) == (422, True), sentence
        assert f'value="{first}"' in answer.text


def test_who_reads_it(people, page, example):
    stranger = make.people("SIDA")
    assert page(stranger.officer, address(example)).status_code == 404
    for who in (people.officer, people.finance, people.manager):
        assert page(who, address(example)).status_code == 200
    made_today = make.accepted(people)
    assert "No day of this pledge is over yet." in words_of(page(people.officer, address(made_today)))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) == 2
