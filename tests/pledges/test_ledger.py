"""The worked example of the product's description, to the cent, and what the ledger refuses."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.services.rewriting import went_through
from tracker.calendar.now import today
from tracker.database.append_only import RowsNeverChange
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.pledges import ledger, services, verification
from tracker.pledges.models import Act, Pledge, RequestFunding, Transfer
from tracker.pledges.services import Payment


def row_of(public_id) -> Pledge:
    return db.session.scalars(
        sa.select(Pledge).where(Pledge.public_id == public_id).execution_options(populate_existing=True)
    ).one()


def balances(public_id) -> dict[str, int]:
    """Balance by kind; the accounts of exchange, which are zero for a pledge in dollars, left out."""
    found = ledger.balances(row_of(public_id).id)
    return {kind: total for (kind, _), total in found.items() if total and kind != "exchange"}


def payment(amount: int) -> Payment:
    return Payment(amount, today(), "FIN-1", "supplier", "bank_transfer")


def assert_proved():
    assert verification.verify().first_wrong is None


def test_the_worked_example(people):
    """product.md, Money: accept 100, receive 60, approve 53, disburse 50, recover 10, reduce 20, withdraw, release,
    refund."""
    pledge = make.accepted(people, make.terms(100_00))
    assert balances(pledge) == {"donor": -100_00, "expected": 100_00}

    services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(60_00))
    assert balances(pledge) == {"donor": -100_00, "expected": 40_00, "available": 53_10, "support": 6_90}

    request = make.request_of(approved=100_00)
    allocation = make.allocated(people, pledge, request, 53_00)
    assert balances(pledge)["available"] == 10
    assert balances(pledge)["held"] == 53_00

    finance = people.finance.actor
    services.disburse(allocation, actor=finance, payment=payment(50_00))
    services.recover(allocation, actor=finance, payment=payment(10_00))
    assert (balances(pledge)["paid"], balances(pledge)["held"]) == (40_00, 13_00)

    make.reduce_amount(people, pledge, 20_00, "Budget cut")
    assert balances(pledge)["expected"] == 20_00

    services.withdraw(pledge, actor=people.signatory.actor, version=row_of(pledge).version, reason="Budget cut")
    assert "expected" not in balances(pledge)

    services.release_allocation(allocation, actor=finance, version=2, reason="Course ended")
    assert balances(pledge)["available"] == 13_10

    make.refund(people, pledge, 13_10, "FIN-2")
    assert balances(pledge) == {"donor": -45_20, "paid": 40_00, "support": 5_20}
    assert_proved()


class TestReceipts:
    def test_in_another_currency_keep_rate_date_and_source(self, people):
        pledge = make.accepted(people, make.terms(100_00, "EUR"))
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(100_00))
        act = db.session.scalars(sa.select(Act).where(Act.name == "receipt")).one()
        assert (act.rate, act.rate_source) == (make.EUR_PER_USD, "test")
        assert db.session.scalars(sa.select(make.Receipt.fund_minor)).one() == 125_00
        held = ledger.balances(row_of(pledge).id)
        assert held["available", "USD"] + held["support", "USD"] == 125_00
        assert held["exchange", "EUR"] == 100_00
        assert held["exchange", "USD"] == -125_00
        assert_proved()

    def test_split_always_adds_up(self, people):
        pledge = make.accepted(people, make.terms(10_00))
        for amount in (1, 2, 3, 7, 11, 101, 333):
            services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(amount))
        assert balances(pledge)["available"] + balances(pledge)["support"] == 1 + 2 + 3 + 7 + 11 + 101 + 333
        assert_proved()

    def test_beyond_the_pledge_wait_and_are_applied(self, people):
        pledge = make.funded(people, make.terms(100_00), received=120_00)
        assert balances(pledge)["unapplied"] == 20_00
        make.apply_surplus(people, pledge)
        assert "unapplied" not in balances(pledge)
        assert balances(pledge)["available"] + balances(pledge)["support"] == 120_00
        assert_proved()

    def test_beyond_the_pledge_keep_the_rate_at_which_they_are_applied(self, people):
        pledge = make.funded(people, make.terms(100_00, "EUR"), received=120_00)
        make.apply_surplus(people, pledge)
        act = db.session.scalars(sa.select(Act).where(Act.name == "apply")).one()
        assert (act.rate, act.rate_date.year, act.rate_source) == (make.EUR_PER_USD, 2020, "test")

    def test_beyond_the_pledge_wait_and_are_returned(self, people):
        pledge = make.funded(people, make.terms(100_00), received=120_00)
        make.return_surplus(people, pledge)
        assert balances(pledge)["donor"] == -100_00
        assert_proved()

    def test_charges_settle_the_instalment(self, people):
        pledge = make.accepted(people, make.terms(100_00))
        money_in = make.money_in(98_00, charge_minor=2_00)
        services.record_receipt(pledge, actor=people.finance.actor, money_in=money_in)
        assert balances(pledge)["lost"] == 2_00
        assert "expected" not in balances(pledge)
        assert_proved()

    def test_settle_the_earliest_instalment_first(self, people):
        pledge = make.funded(people, make.terms(100_00, parts=(60_00, 40_00)), received=70_00)
        parts = make.instalments(pledge)
        assert [part.received_minor for part in parts] == [60_00, 10_00]

    def test_are_for_finance_only(self, people):
        pledge = make.accepted(people)
        with pytest.raises(Forbidden):
            services.record_receipt(pledge, actor=people.manager.actor, money_in=make.money_in(1_00))

    def test_need_an_amount_and_a_reference(self, people):
        pledge = make.accepted(people)
        money_in = make.MoneyIn(amount_minor=0, value_date=today(), external_reference=" ")
        with pytest.raises(Invalid) as refused:
            services.record_receipt(pledge, actor=people.finance.actor, money_in=money_in)
        assert set(refused.value.fields) == {"amount", "external_reference"}


class TestAllocations:
    def test_wait_for_cash(self, people):
        pledge = make.accepted(people, make.terms(100_00))
        allocation = make.planned(people, pledge, make.request_of(), 50_00)
        with pytest.raises(Conflict, match="not enough"):
            services.approve_allocation(allocation, actor=people.finance.actor, version=1)
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(100_00))
        services.approve_allocation(allocation, actor=people.finance.actor, version=1)
        assert balances(pledge)["held"] == 50_00

    def test_are_approved_by_somebody_else(self, people):
        pledge, request = make.funded(people), make.request_of()
        planner = people.finance.actor
        allocation = services.plan_allocation(pledge, actor=planner, request_id=request.public_id, amount_minor=50_00)
        with pytest.raises(Forbidden, match="You planned"):
            services.approve_allocation(make.uuid.UUID(allocation), actor=planner, version=1)

    def test_never_exceed_what_was_approved(self, people):
        pledge, request = make.funded(people, make.terms(500_00)), make.request_of(approved=60_00)
        first, second = (make.planned(people, pledge, request, 30_00) for _ in range(2))
        with pytest.raises(Invalid):
            make.planned(people, pledge, request, 1)
        with transaction():
            db.session.execute(sa.update(RequestFunding).values(approved_minor=40_00))
        services.approve_allocation(first, actor=people.finance.actor, version=1)
        with pytest.raises(Conflict, match="more than was approved"):
            services.approve_allocation(second, actor=people.finance.actor, version=1)

    def test_are_released_when_the_request_ends(self, people):
        pledge, request = make.funded(people), make.request_of()
        allocation = make.allocated(people, pledge, request, 50_00)
        services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
        make.planned(people, pledge, request, 5_00)
        assert make.release(request) == 30_00
        assert balances(pledge)["paid"] == 20_00
        assert "held" not in balances(pledge)
        with pytest.raises(Conflict):
            make.planned(people, pledge, request, 5_00)
        services.recover(allocation, actor=people.finance.actor, payment=payment(5_00))
        assert balances(pledge)["paid"] == 15_00
        assert "held" not in balances(pledge)
        assert_proved()


class TestReversal:
    def last_act(self):
        return db.session.scalars(sa.select(Act).order_by(Act.id.desc()).limit(1)).one()

    def test_of_a_receipt_opens_the_instalment_again(self, people):
        pledge = make.funded(people, make.terms(100_00), received=60_00)
        make.reverse(people, self.last_act().public_id, "Wrong pledge")
        assert balances(pledge) == {"donor": -100_00, "expected": 100_00}
        assert make.instalments(pledge)[0].received_minor == 0
        assert_proved()

    def test_happens_once(self, people):
        make.funded(people)
        act = self.last_act().public_id
        make.reverse(people, act, "Wrong pledge")
        with pytest.raises(Conflict, match="reversed already"):
            make.reverse(people, act, "Again")

    def test_names_what_must_be_taken_back_first(self, people):
        pledge = make.funded(people)
        receipt = self.last_act().public_id
        make.allocated(people, pledge, make.request_of(), 50_00)
        with pytest.raises(Conflict, match="with step 3: Allocation approved"):
            make.reverse(people, receipt, "Wrong pledge")

    def test_says_what_to_do_instead(self, people):
        pledge = make.funded(people)
        make.allocated(people, pledge, make.request_of(), 50_00)
        with pytest.raises(Conflict, match="Release the allocation instead"):
            make.reverse(people, self.last_act().public_id, "Mistake")

    def test_of_a_payment_and_of_a_recovery(self, people):
        pledge, request = make.funded(people), make.request_of()
        allocation = make.allocated(people, pledge, request, 50_00)
        services.disburse(allocation, actor=people.finance.actor, payment=payment(50_00))
        services.recover(allocation, actor=people.finance.actor, payment=payment(10_00))
        make.reverse(people, self.last_act().public_id, "Not recovered")
        assert balances(pledge)["paid"] == 50_00
        paid = db.session.scalars(sa.select(Act).where(Act.name == "disburse")).one()
        make.reverse(people, paid.public_id, "Not paid")
        assert balances(pledge)["held"] == 50_00
        assert "paid" not in balances(pledge)
        assert_proved()


class TestRowsThatNeverChange:
    @pytest.mark.parametrize("model", [Act, Transfer], ids=lambda model: model.__tablename__)
    def test_by_the_orm(self, people, model):
        make.funded(people)
        with pytest.raises(RowsNeverChange), transaction():
            db.session.execute(sa.delete(model))
        with pytest.raises(RowsNeverChange), transaction():
            row = db.session.scalars(sa.select(model).limit(1)).one()
            db.session.delete(row)
            db.session.flush()

    @pytest.mark.parametrize("table", ["acts", "transfers", "events"])
    def test_by_the_database(self, people, table):
        make.funded(people)
        assert went_through(table) == []


class TestVerify:
    def test_finds_a_balance_that_was_touched(self, people, app):
        pledge = make.funded(people)
        with transaction():
            db.session.execute(
                sa.text("UPDATE ledger_accounts SET balance_minor = balance_minor + 1 WHERE kind = 'available'")
            )
        first = verification.verify().first_wrong
        assert first is not None
        assert first.table == "ledger_accounts"
        assert row_of(pledge)
        result = app.test_cli_runner().invoke(args=["ledger", "verify"])
        assert result.exit_code == 1
        assert "WRONG: ledger_accounts" in result.output

    def test_says_so_when_everything_adds_up(self, people, app):
        make.funded(people)
        result = app.test_cli_runner().invoke(args=["ledger", "verify"])
        assert result.exit_code == 0
        assert "2 acts" in result.output
