"""The ledger on the pledge's page and in its file: the same columns, the same figures, the reasons to whom they may."""

import csv
import io
import re
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tests.pledges.test_corrections import payment, step
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.pledges import queries, services
from tracker.pledges.ledger_columns import COLUMNS
from tracker.pledges.models import Pledge

NUMBER = re.compile(r"[^0-9.]")


def receive(people: make.People, pledge: Any, amount: int, charge: int = 0) -> None:
    money_in = make.money_in(amount, charge_minor=charge)
    services.record_receipt(pledge, actor=people.finance.actor, money_in=money_in)


@pytest.fixture
def eventful(people) -> Any:
    """A pledge in euros on which everything happened: charges, surplus applied and returned, a refund, a reversal."""
    pledge = make.accepted(people, make.terms(100_00, "EUR", parts=(60_00, 40_00)))
    receive(people, pledge, 59_00, charge=1_00)
    receive(people, pledge, 50_00)  # 10 beyond
    make.return_surplus(people, pledge)
    receive(people, pledge, 7_00)
    make.apply_surplus(people, pledge)
    make.reverse(people, step("apply"), "The donor said no.")
    make.return_surplus(people, pledge)
    make.refund(people, pledge, 10_00, "FIN-9")
    make.raise_amount(people, pledge, 20_00, today(), "Parliament gave more.")
    make.reduce_amount(people, pledge, 5_00, "A cut of the budget.")
    return pledge


def heads_of(text: str) -> list[str]:
    table = re.search(r'<table class="table table--ledger.*?</thead>', text, re.S)[0]
    return [re.sub(r"<[^>]+>|\s+", " ", head).strip() for head in re.findall(r'<th scope="col".*?</th>', table, re.S)]


def now_of(text: str) -> list[str]:
    foot = re.search(r'<tfoot><tr class="total"><th scope="row" colspan="3">Now.*?</tfoot>', text, re.S)[0]
    return [NUMBER.sub("", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", foot)]


def file_of(page: Any, who: Any, pledge: Any) -> list[dict[str, str]]:
    text = page(who, f"/pledges/{pledge}/ledger.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestThePageAndTheFile:
    def test_have_the_same_columns(self, people, page, eventful):
        heads = heads_of(page(people.officer, f"/pledges/{eventful}").text)
        assert heads[3:] == [f"{column.label}, {'EUR' if column.own else 'USD'}" for column in COLUMNS]
        figures = list(file_of(page, people.officer, eventful)[0])[5:-3]
        assert figures == [column.name for column in COLUMNS]

    def test_add_up_to_the_same(self, people, page, eventful):
        rows = file_of(page, people.officer, eventful)
        added = [sum(Decimal(row[column.name]) for row in rows) for column in COLUMNS]
        assert added == [Decimal(cell) for cell in now_of(page(people.officer, f"/pledges/{eventful}").text)]
        expected, received, lost, surplus, returned = added[:5]
        assert (expected, received, lost, surplus) == (15, 116, 1, 0)
        row = db.session.scalars(sa.select(Pledge).where(Pledge.public_id == eventful)).one()
        donor = queries.sums_of([row.id])[row.id]["donor"]
        assert Decimal(-donor) / 100 == expected + received + lost + surplus - returned

    def test_a_part_of_the_ledger_ends_with_the_same_figures(self, people, page, eventful, monkeypatch):
        whole = now_of(page(people.officer, f"/pledges/{eventful}").text)
        monkeypatch.setattr("tracker.pledges.views.pages.NEWEST_STEPS", 4)
        shown = page(people.officer, f"/pledges/{eventful}").text
        assert "earlier steps are in the CSV file" in shown
        row = db.session.scalars(sa.select(Pledge).where(Pledge.public_id == eventful)).one()
        names = [column.name for column in COLUMNS]
        part, all_of_it = queries.ledger_of(row, newest=4), queries.ledger_of(row)
        assert [part[1][name] for name in names] == [all_of_it[1][name] for name in names]
        assert [line.after for line in part[0]] == [line.after for line in all_of_it[0][-4:]]
        assert len(whole) == len(COLUMNS)

    def test_leave_out_on_the_page_what_never_moved(self, people, page):
        heads = heads_of(page(people.officer, f"/pledges/{make.funded(people)}").text)
        assert "Charges, USD" not in heads
        assert heads[3:5] == ["Expected, USD", "Received, USD"]

    def test_take_back_from_what_was_received_what_was_reversed(self, people, page):
        pledge = make.funded(people)
        make.reverse(people, step("receipt"), "Another pledge.")
        rows = file_of(page, people.officer, pledge)
        assert sum(Decimal(row["received"]) for row in rows) == 0
        assert max(Decimal(row["received"]) for row in rows) > 0

    def test_show_the_whole_rate(self, people, page):
        make.rate("SEK", Decimal("9.12345678"))
        pledge = make.funded(people, make.terms(100_00, "SEK"))
        shown = words_of(page(people.officer, f"/pledges/{pledge}"))
        assert "9.12345678 SEK for one dollar, rate of 1 Jan 2020 (test)" in shown
        row = file_of(page, people.officer, pledge)[1]
        assert (row["units_per_usd"], row["rate_date"], row["rate_source"]) == ("9.12345678", "2020-01-01", "test")


class TestAnInstalment:
    def test_says_what_came_of_it(self, people, page, eventful):
        shown = words_of(page(people.officer, f"/pledges/{eventful}"))
        day = words_of_day()
        assert f"EUR 60 on {day}, step 2; bank charges of EUR 1 in that step" in shown
        assert f"EUR 40 on {day}, step 3" in shown

    def test_says_nothing_of_what_was_reversed(self, people, page):
        pledge = make.funded(people)
        make.reverse(people, step("receipt"), "Another pledge.")
        assert ", step 2" not in words_of(page(people.officer, f"/pledges/{pledge}"))


def words_of_day() -> str:
    from tracker.languages.formatting import format_day

    return format_day(today())


class TestReasons:
    def test_of_what_changed_the_promise_are_read_by_the_donor(self, people, page, eventful):
        for who in (people.officer, people.finance):
            shown = words_of(page(who, f"/pledges/{eventful}"))
            for reason in ("Parliament gave more.", "A cut of the budget.", "The donor said no."):
                assert reason in shown
            assert {row["reason"] for row in file_of(page, who, eventful)} >= {"Parliament gave more.", ""}

    def test_about_a_request_are_the_offices(self, people, page):
        allocation = make.allocated(people, pledge := make.funded(people), make.request_of(), 50_00)
        services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
        make.reverse(people, step("disburse"), "The expert fell ill.")
        services.release_allocation(allocation, actor=people.finance.actor, version=2, reason="A cheaper course.")
        for reason in ("The expert fell ill.", "A cheaper course."):
            assert reason in words_of(page(people.finance, f"/pledges/{pledge}"))
            assert reason not in page(people.officer, f"/pledges/{pledge}").text
            assert reason not in page(people.officer, f"/pledges/{pledge}/ledger.csv").text

    def test_of_a_strictly_confidential_request_are_read_by_who_may_know_it(self, people, page):
        request = make.request_of(marking="strictly_confidential")
        allocation = make.allocated(people, pledge := make.funded(people), request, 50_00)
        services.release_allocation(allocation, actor=people.finance.actor, version=2, reason="A secret course.")
        assert "A secret course." in words_of(page(people.finance, f"/pledges/{pledge}"))
        for someone in (people.officer, make._person("triage_officer", "UNODC")):
            assert "A secret course." not in page(someone, f"/pledges/{pledge}").text
            assert "A secret course." not in page(someone, f"/pledges/{pledge}/ledger.csv").text

    @pytest.mark.parametrize("act", ["raise", "reduce"])
    def test_the_page_before_says_who_reads_them(self, people, page, act):
        pledge = make.funded(people, received=10_00)
        assert "The donor and UNODC read your reason" in words_of(page(people.manager, f"/pledges/{pledge}/{act}"))


class TestPrinted:
    def test_no_column_is_cut_and_no_row_repeated_as_a_sum(self, app):
        sheet = app.test_client().get(app.jinja_env.globals["asset_url"]("css/site.css")).text
        printed = sheet[sheet.index("@media print") :]
        for rule in (".scroller { overflow: visible }", ".table tfoot { display: table-row-group }", "size: landscape"):
            assert rule in printed
