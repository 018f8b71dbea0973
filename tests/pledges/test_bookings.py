"""Money that moved at a bank is booked once, on a day that can be, and also when its pledge has ended meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.test_races import at_once
from tracker.errors import Conflict, DomainError, Invalid
from tracker.extensions import db
from tracker.pledges import ledger, services, verification
from tracker.pledges.models import Act, Pledge
from tracker.pledges.services import Payment


def payment(amount: int, reference: str = "FIN-1", **facts) -> Payment:
    return Payment(amount, facts.pop("value_date", make.today()), reference, "delegate", "bank_transfer")


def balances(pledge) -> dict[str, int]:
    """What each kind of account holds, those with nothing left out."""
    row_id = db.session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
    return {kind: total for (kind, _currency), total in ledger.balances(row_id).items() if total}


def last_act(name: str):
    return db.session.scalar(sa.select(Act.public_id).where(Act.name == name).order_by(Act.id.desc()).limit(1))


class TestTwins:
    def test_two_officers_book_one_credit_once(self, app, people):
        pledge = make.accepted(people)
        credit = make.MoneyIn(30_00, make.today(), "BANK-7")
        officers = (people.finance.actor, people.other_finance.actor) * 2
        answers = at_once(
            app, *[lambda who=who: services.record_receipt(pledge, actor=who, money_in=credit) for who in officers]
        )
        assert sum(isinstance(answer, str) for answer in answers) == 1
        assert all(isinstance(answer, str | Invalid) for answer in answers)

    def test_two_officers_book_one_payment_once(self, app, people):
        allocation = make.allocated(people, make.funded(people), make.request_of(), 80_00)
        officers = (people.finance.actor, people.other_finance.actor) * 2
        answers = at_once(
            app, *[lambda who=who: services.disburse(allocation, actor=who, payment=payment(10_00)) for who in officers]
        )
        assert sum(isinstance(answer, str) for answer in answers) == 1
        assert all(isinstance(answer, str | DomainError) for answer in answers)  # one may begin the delivery first

    def test_a_recovery_is_no_twin_of_its_payment(self, people):
        allocation, finance = (
            make.allocated(people, make.funded(people), make.request_of(), 80_00),
            people.finance.actor,
        )
        services.disburse(allocation, actor=finance, payment=payment(10_00))
        services.recover(allocation, actor=finance, payment=payment(10_00))
        with pytest.raises(Invalid) as refused:
            services.disburse(allocation, actor=finance, payment=payment(10_00, "fin-1"))
        assert "Step 4 has this amount" in str(refused.value.fields["external_reference"])
        make.reverse(people, last_act("recover"), "Not recovered")
        make.reverse(people, last_act("disburse"), "Wrong payee")
        services.disburse(allocation, actor=finance, payment=payment(10_00))


class TestTheValueDate:
    def test_is_not_before_the_pledge_was_made(self, people):
        pledge = make.funded(people)
        allocation, finance = make.allocated(people, pledge, make.request_of(), 80_00), people.finance.actor
        long_ago = make.today() - timedelta(days=365)
        for act in (
            lambda: services.record_receipt(pledge, actor=finance, money_in=make.MoneyIn(1_00, long_ago, "BANK-8")),
            lambda: services.disburse(allocation, actor=finance, payment=payment(1_00, value_date=long_ago)),
        ):
            with pytest.raises(Invalid) as refused:
                act()
            assert "before the pledge was made" in str(refused.value.fields["value_date"])

    def test_may_be_before_the_offer_where_the_agreement_is(self, people):
        pledge = make.signed(people)
        last_month = make.today() - timedelta(days=30)
        paper = make.agreement()
        agreement = services.Agreement("AGR-1", last_month, paper.ends_on, paper.file)
        services.accept(pledge, actor=people.manager.actor, version=2, agreement=agreement)
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.MoneyIn(1_00, last_month, "BANK-9"))
        assert balances(pledge)["expected"] == 99_00


class TestAPledgeThatEnded:
    @pytest.fixture
    def withdrawn(self, people):
        """60.00 of 100.00 came in, the rest was withdrawn."""
        pledge = make.funded(people, received=60_00)
        services.withdraw(pledge, actor=people.signatory.actor, version=None, reason="Budget cut")
        return pledge

    def test_takes_the_corrected_receipt(self, people, withdrawn, page):
        finance = people.finance.actor
        make.reverse(people, last_act("receipt"), "Wrong amount")
        services.record_receipt(withdrawn, actor=finance, money_in=make.money_in(50_00))
        assert balances(withdrawn)["expected"] == 10_00
        assert f"/pledges/{withdrawn}/reduce" in page(people.manager, f"/pledges/{withdrawn}").text
        make.reduce_amount(people, withdrawn, 10_00, "Never came")
        assert balances(withdrawn) == {"donor": -50_00, "available": 44_25, "support": 5_75}
        assert verification.verify().first_wrong is None

    def test_keeps_apart_what_was_on_its_way(self, people, withdrawn):
        services.record_receipt(withdrawn, actor=people.finance.actor, money_in=make.money_in(40_00))
        assert balances(withdrawn)["unapplied"] == 40_00
        make.return_surplus(people, withdrawn)
        assert balances(withdrawn) == {"donor": -60_00, "available": 53_10, "support": 6_90}
        assert verification.verify().first_wrong is None

    def test_expects_nothing_that_could_be_reduced(self, people, withdrawn, page):
        assert f"/pledges/{withdrawn}/reduce" not in page(people.manager, f"/pledges/{withdrawn}").text
        with pytest.raises((Conflict, Invalid)):
            make.reduce_amount(people, withdrawn, 1)
