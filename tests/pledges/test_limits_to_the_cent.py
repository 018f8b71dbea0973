"""A limit is never passed by a cent, and a request that ended is neither given money nor paid for."""

import pytest
import sqlalchemy as sa

from tests.factories import assistance as requests
from tests.factories import pledges as make
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.implementation import services as implementation
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.pledges import funding, services
from tracker.pledges.models import Disbursement, RequestFunding
from tracker.pledges.services import Payment

HALF = make.Rule("kinds", ("technical",), 5_000)


def payment(amount: int) -> Payment:
    return Payment(amount, today(), "FIN-1", "supplier", "bank_transfer")


def money_of(request_id: int) -> tuple[int, int, bool]:
    columns = (RequestFunding.allocated_minor, RequestFunding.paid_minor, RequestFunding.open)
    found = db.session.execute(sa.select(*columns).where(RequestFunding.request_id == request_id)).one()
    db.session.rollback()
    return tuple(found)


class TestTheShareOfAnEarmark:
    @pytest.fixture
    def pledge(self, people):
        """A pledge that brought in 99.99 beside 13 % of support cost; half of it is for technical assistance."""
        return make.funded(people, make.terms(112_99, earmarks=[HALF]))

    def test_is_planned_and_approved_to_the_cent(self, people, pledge):
        make.allocated(people, pledge, make.request_of(), 49_99)

    def test_leaves_out_the_cent_that_rounding_up_would_give(self, people, pledge):
        with pytest.raises(Invalid):
            make.planned(people, pledge, make.request_of(), 50_00)


class TestARequestThatEnded:
    """What is held goes back as it ends; here another act comes between, as two people do at once."""

    @pytest.fixture
    def request_(self):
        return make.request_of()

    @pytest.fixture
    def pledge(self, people):
        return make.funded(people, make.terms(200_00))

    def end(self, request):
        with transaction():
            funding.shut(request.id)

    def test_is_not_paid_for(self, people, pledge, request_):
        allocation = make.allocated(people, pledge, request_, 50_00)
        self.end(request_)
        with pytest.raises(Conflict, match="takes no payments now"):
            services.disburse(allocation, actor=people.finance.actor, payment=payment(10_00))
        assert money_of(request_.id) == (50_00, 0, False)
        assert db.session.scalar(sa.select(sa.func.count(Disbursement.id))) == 0

    def test_is_not_given_money(self, people, pledge, request_):
        plan = make.planned(people, pledge, request_, 50_00)
        self.end(request_)
        with pytest.raises(Conflict, match="takes no money now"):
            services.approve_allocation(plan, actor=people.finance.actor, version=1)
        assert money_of(request_.id) == (0, 0, False)

    def test_gives_what_is_recovered_back_to_the_pledge(self, people, pledge, request_):
        allocation = make.allocated(people, pledge, request_, 50_00)
        services.disburse(allocation, actor=people.finance.actor, payment=payment(10_00))
        self.end(request_)
        services.recover(allocation, actor=people.finance.actor, payment=payment(10_00))
        assert money_of(request_.id) == (40_00, 0, False)

    def test_is_shut_when_it_is_completed(self, people, app):
        case = requests.delivered()
        implementation.complete(case.public_id, actor=case.manager, version=case.version)
        assert money_of(case.now.id)[2] is False

    def test_is_shut_when_it_is_withdrawn(self, people, app):
        case = requests.accepted()
        authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="No longer needed")
        assert money_of(case.now.id)[2] is False


class TestWhatWasApproved:
    def test_is_not_passed_when_a_recovery_is_reversed(self, people):
        request = make.request_of(approved=50_00)
        with pytest.raises(Conflict, match="more than was approved"), transaction():
            funding.pay_again(request.id, 50_01, of_seat=False)
        with transaction():
            funding.pay_again(request.id, 50_00, of_seat=False)
        assert money_of(request.id) == (50_00, 50_00, True)

    def test_no_more_is_recovered_than_was_paid(self, people):
        request = make.request_of(approved=50_00)
        with pytest.raises(Conflict, match="more than was paid"), transaction():
            funding.recover(request.id, 1, keep=True, of_seat=False)
