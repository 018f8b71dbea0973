"""What a page of money offers or tells only where more than one thing holds."""

import uuid

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tracker.calendar.now import today
from tracker.pledges import services
from tracker.pledges.services import Payment

RATE_OF_A_DAY = "What has not come in is valued at the rate of"
PLANNED = "You planned this allocation: somebody else must approve it."
BACK = "back to the pledge"


def pay(people, allocation, amount):
    payment = Payment(amount, today(), "FIN-1", "supplier", "card")
    services.disburse(allocation, actor=people.finance.actor, payment=payment)


class TestAllocation:
    def test_whoever_planned_it_reads_that_somebody_else_approves(self, page, people):
        pledge, request, planner = make.funded(people), make.request_of(), people.finance
        of = {"request_id": request.public_id, "amount_minor": 20_00}
        address = f"/finance/allocations/{services.plan_allocation(pledge, actor=planner.actor, **of)}"
        assert PLANNED in words_of(page(planner, address))
        assert PLANNED not in words_of(page(person("finance_officer"), address))
        services.approve_allocation(uuid.UUID(address[-36:]), actor=person("finance_officer").actor, version=1)
        assert PLANNED not in words_of(page(planner, address))

    def test_says_what_went_back_once_it_ended_with_money_left(self, page, people):
        pledge = make.funded(people)
        for paid, amount in (("10", 30_00), ("20", 20_00)):
            request = make.request_of()
            allocation = make.allocated(people, pledge, request, amount)
            pay(people, allocation, int(paid) * 100)
            address = f"/finance/allocations/{allocation}"
            assert BACK not in words_of(page(people.finance, address))
            make.release(request)
            shown = words_of(page(people.finance, address))
            assert (BACK in shown) == (amount > 20_00)
            assert (f"{BACK} 20 USD" in shown) == (amount > 20_00)


class TestPledge:
    def test_is_closed_once_nothing_is_expected_or_left(self, page, people):
        pledge = make.funded(people)
        address, close = f"/pledges/{pledge}", f"/pledges/{pledge}/close"
        assert close not in page(people.manager, address).text
        allocation = make.allocated(people, pledge, make.request_of(), 88_50)
        assert close not in page(people.manager, address).text
        pay(people, allocation, 88_50)
        assert close in page(people.manager, address).text
        assert close not in page(people.finance, address).text

    def test_tells_of_the_rate_where_money_in_another_currency_is_expected(self, page, people):
        make.rate("EUR", make.Decimal("0.9"))
        for currency, told in (("EUR", True), ("USD", False)):
            pledge = make.accepted(people, make.terms(100_00, currency))
            assert (RATE_OF_A_DAY in words_of(page(people.manager, f"/pledges/{pledge}"))) is told


class TestPlan:
    def test_keeps_an_amount_that_no_field_on_the_page_holds(self, page, people):
        make.funded(people, make.terms(100_00))
        rule = make.Rule("kinds", ("participation",))
        unfit, fit = make.funded(people, make.terms(100_00, earmarks=[rule])), make.funded(people)
        address = f"/finance/requests/{make.request_of().public_id}/plan"
        assert "What you typed" not in words_of(page(people.manager, address))
        for pledge, shown in ((unfit, True), (fit, False)):
            answer = page(people.manager, address, {"pledge": str(pledge), "amount": "5,0,0"})
            assert answer.status_code == 422
            assert ("What you typed" in words_of(answer)) is shown
