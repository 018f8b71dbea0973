"""What was recorded wrongly or beyond the pledge, and what is used up, as the pages show it."""

from typing import ClassVar

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.models import Act
from tracker.pledges.services import Payment


def step(name: str):
    """The public id of the latest step of this name."""
    found = db.session.scalar(sa.select(Act.public_id).where(Act.name == name).order_by(Act.id.desc()).limit(1))
    db.session.rollback()
    return found


def payment(amount: int) -> Payment:
    return Payment(amount, make.today(), "FIN-1", "supplier", "card")


def test_a_reversed_payment_is_shown_as_one(people, page):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
    make.reverse(people, step("disburse"), "Entered twice.")
    for path in (f"/finance/allocations/{allocation}", "/finance"):
        answer = page(people.finance, path)
        assert "reversed by step 5" in words_of(answer)
        assert "<del>20</del>" in answer.text


class TestTheRefusalOfAReversal:
    def test_says_what_to_do_where_the_later_step_is_not_reversed(self, people, page):
        make.allocated(people, make.funded(people), make.request_of(), 50_00)
        answer = page(people.finance, f"/pledges/acts/{step('receipt')}/reverse", {"reason": "Wrong."})
        assert answer.status_code == 422
        words = words_of(answer)
        assert "This was not done The money has gone on with step 3: Allocation approved." in words
        assert "Release the allocation instead." in words
        assert "needs a correction" not in words

    def test_names_no_step_whose_money_came_back(self, people):
        pledge = make.funded(people)
        make.allocated(people, pledge, make.request_of(), 50_00)
        released = make.allocated(people, pledge, make.request_of(), 10_00)
        services.release_allocation(released, actor=people.finance.actor, version=2, reason="No.")
        with pytest.raises(Conflict) as refused:
            make.reverse(people, step("receipt"), "Wrong.")
        assert "with step 3" in str(refused.value.message)


class TestMoneyBeyondThePledge:
    def links(self, page, people, pledge) -> list[str]:
        text = page(people.finance, f"/pledges/{pledge}").text
        return [act for act in ("apply-surplus", "return-surplus") if f"/pledges/{pledge}/{act}" in text]

    def test_is_applied_or_returned(self, people, page):
        assert self.links(page, people, make.funded(people, received=120_00)) == ["apply-surplus", "return-surplus"]

    def test_is_returned_also_when_the_pledge_has_ended(self, people, page):
        pledge = make.funded(people, received=120_00)
        services.withdraw(pledge, actor=people.signatory.actor, version=3, reason="No.")
        assert self.links(page, people, pledge) == ["return-surplus"]
        assert page(people.finance, f"/pledges/{pledge}/return-surplus", {"reason": "Twice."}).status_code == 302


def test_an_allocation_that_is_wholly_paid_is_not_released(people, page):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    address = f"/finance/allocations/{allocation}"
    services.disburse(allocation, actor=people.finance.actor, payment=payment(49_00))
    assert f"{address}/release" in page(people.finance, address).text
    services.disburse(allocation, actor=people.finance.actor, payment=payment(1_00))
    assert f"{address}/release" not in page(people.finance, address).text
    refused = page(people.finance, f"{address}/release", {"reason": "Done"})
    assert "All of it is paid: nothing is left to release." in words_of(refused)
    services.recover(allocation, actor=people.finance.actor, payment=payment(2_00))
    assert page(people.finance, f"{address}/release", {"reason": "Cheaper"}).status_code == 302


def test_nothing_is_planned_where_nothing_is_left(people, page):
    request = make.request_of(approved=50_00)
    pledge = make.funded(people)
    assert "Pledges that can pay" in words_of(page(people.manager, f"/finance/requests/{request.public_id}/plan"))
    make.planned(people, pledge, request, 50_00)
    shown = words_of(page(people.manager, f"/finance/requests/{request.public_id}/plan"))
    assert "Nothing is left to be planned" in shown
    assert "Pledges that can pay" not in shown


class TestTheSameCredit:
    CREDIT: ClassVar = {"amount": "40", "external_reference": "BANK-77"}

    def test_is_recorded_once_by_two_officers(self, people, page):
        address = f"/pledges/{make.accepted(people)}/receipt"
        assert page(people.finance, address, self.CREDIT).status_code == 302
        answer = page(people.other_finance, address, {**self.CREDIT, "external_reference": "BANK-77 "})
        assert answer.status_code == 422
        assert "Step 2 has this amount, value date and reference already." in words_of(answer)
        assert 'value="BANK-77"' in answer.text, "blanks around a reference are none of it"
        assert (
            page(people.other_finance, address, {**self.CREDIT, "external_reference": "BANK-77/2"}).status_code == 302
        )

    def test_is_recorded_again_once_it_was_reversed(self, people, page):
        address = f"/pledges/{make.accepted(people)}/receipt"
        assert page(people.finance, address, self.CREDIT).status_code == 302
        make.reverse(people, step("receipt"), "Wrong pledge.")
        assert page(people.finance, address, self.CREDIT).status_code == 302


def test_a_long_ledger_shows_its_newest_steps_and_keeps_all_in_the_file(people, page, monkeypatch):
    pledge = make.funded(people)
    for _ in range(3):
        make.raise_amount(people, pledge, 10_00, make.today(), "It grows.")
    whole = words_of(page(people.finance, f"/pledges/{pledge}"))
    monkeypatch.setattr("tracker.pledges.views.pages.NEWEST_STEPS", 2)
    part = words_of(page(people.finance, f"/pledges/{pledge}"))
    assert "Money received" in whole
    assert "earlier step" not in whole
    assert "3 earlier steps are in the CSV file." in part
    assert "Money received" not in part
    last = whole[whole.index("5 Pledge raised") :]
    assert part[part.index("5 Pledge raised") :] == last
    assert len(page(people.finance, f"/pledges/{pledge}/ledger.csv").text.splitlines()) == 1 + 5
