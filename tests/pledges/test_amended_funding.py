"""An amendment and the money: what may be allocated follows the terms in force, and never falls below what is there."""

import re
import uuid
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import assistance as requests
from tests.factories import pledges as make
from tests.factories.assistance import Case
from tests.pledges.forms import fields_of
from tests.pledges.test_races import at_once
from tracker.assistance.decision import services as assistance
from tracker.assistance.models import Decision
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, DomainError, Invalid
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services, verification
from tracker.pledges.models import Pledge, RequestFunding
from tracker.pledges.queries import fundable_request, funding_of

APPROVED = 100_00


@dataclass
class Funded:
    """An accepted request and a pledge full of cash, with the people of both."""

    case: Case
    people: make.People
    pledge: uuid.UUID

    @property
    def request(self) -> make.FundableRequest:
        return make.FundableRequest(self.case.now.id, self.case.public_id, self.case.now.reference)

    @property
    def funding(self):
        found = funding_of([self.case.now.id])[self.case.now.id]
        db.session.rollback()
        return found

    def plan(self, amount: int) -> uuid.UUID:
        return make.planned(self.people, self.pledge, self.request, amount)

    def hold(self, amount: int) -> uuid.UUID:
        return make.allocated(self.people, self.pledge, self.request, amount)

    def prepare(self, amount: int) -> uuid.UUID:
        amendment = assistance.Amendment(reasons="Less is needed.", amount_minor=amount)
        case = self.case
        made = assistance.prepare_amendment(
            case.public_id, actor=case.officer, version=case.version, amendment=amendment
        )
        return uuid.UUID(made)

    def sign(self, decision: uuid.UUID) -> None:
        case = self.case
        assistance.amend(case.public_id, actor=case.manager, version=case.version, decision=decision)

    def drop(self) -> None:
        case = self.case
        assistance.drop_amendment(case.public_id, actor=case.officer, version=None, reason="Not now.")


@pytest.fixture
def funded(people) -> Funded:
    case = requests.accepted(requests.People(), amount_minor=APPROVED)
    return Funded(case, people, make.funded(people, make.terms(1_000_00)))


def reference_of(pledge: uuid.UUID) -> str:
    found = db.session.scalar(sa.select(Pledge.reference).where(Pledge.public_id == pledge))
    db.session.rollback()
    return str(found)


def test_a_higher_amount_lets_more_be_allocated(funded):
    funded.hold(APPROVED)
    with pytest.raises(Invalid):
        funded.plan(1)
    funded.sign(funded.prepare(150_00))
    funded.hold(50_00)
    assert (funded.funding.approved_minor, funded.funding.allocated_minor) == (150_00, 150_00)


def test_a_lower_amount_lets_less(funded):
    funded.hold(40_00)
    funded.sign(funded.prepare(40_00))
    assert funded.funding.approved_minor == 40_00
    with pytest.raises(Invalid):
        funded.plan(1)


def test_below_what_is_allocated_is_refused_at_preparation(funded):
    funded.hold(60_00)
    with pytest.raises(Invalid) as refused:
        funded.prepare(45_00)
    sentence = str(refused.value.fields["amount"]).replace("\u00a0", " ")
    assert "USD 60 is allocated already" in sentence
    assert "Release at least USD 15" in sentence
    assert f"{reference_of(funded.pledge)} (USD 60)" in sentence
    assert db.session.scalar(sa.select(sa.func.count(Decision.id))) == 1


def test_what_is_paid_cannot_be_released(funded):
    allocation = funded.hold(60_00)
    payment = services.Payment(50_00, make.today(), "FIN-1", "supplier", "bank_transfer")
    services.disburse(allocation, actor=funded.people.finance.actor, payment=payment)
    with pytest.raises(Invalid) as refused:
        funded.prepare(45_00)
    assert "50 is paid already" in str(refused.value.fields["amount"])


def test_and_again_at_signing_on_the_page(app, funded, sign_in):
    funded.prepare(45_00)
    address = f"/triage/requests/{funded.case.public_id}/amendment/sign"
    manager = sign_in(app.test_client(), funded.case.people.manager)
    read = fields_of(manager.get(address).text)
    funded.hold(60_00)
    assert "USD 60 is allocated already" in manager.get(address).text.replace("\u00a0", " ")
    answer = manager.post(address, data=read)
    assert answer.status_code == 422
    assert "USD 60 is allocated already" in answer.text.replace("\u00a0", " ")
    assert funded.funding.approved_minor == APPROVED
    assert db.session.scalar(sa.select(sa.func.count(Event.id)).where(Event.name == "assistance.amended")) == 0


def test_after_the_release_it_is_signed(funded):
    decision, allocation = funded.prepare(45_00), funded.hold(60_00)
    with pytest.raises(Invalid):
        funded.sign(decision)
    services.release_allocation(allocation, actor=funded.people.finance.actor, version=2, reason="Less is needed.")
    funded.sign(decision)
    assert (funded.funding.approved_minor, funded.funding.allocated_minor) == (45_00, 0)
    assert verification.verify().first_wrong is None


def test_the_need_that_donors_and_finance_see_is_the_one_in_force(funded):
    funded.sign(funded.prepare(30_00))
    need = fundable_request(funded.case.public_id, funded.people.finance.actor)
    assert need.open_minor == 30_00


def test_the_proof_of_the_ledger_finds_an_approval_that_no_decision_gave(funded):
    funded.sign(funded.prepare(150_00))
    assert verification.verify().first_wrong is None
    with transaction():
        update_where(RequestFunding, RequestFunding.request_id == funded.case.now.id, approved_minor=200_00)
    wrong = verification.verify().first_wrong
    assert wrong is not None
    assert "20000 approved, the decision in force says 15000" in str(wrong)


@pytest.mark.fault
@pytest.mark.parametrize("_again", range(10))
def test_signed_while_an_allocation_is_approved_at_once_never_more_is_allocated(app, funded, _again):
    finance, plan, decision = funded.people.finance.actor, funded.plan(60_00), funded.prepare(45_00)
    signed, approved = at_once(
        app,
        lambda: funded.sign(decision),
        lambda: services.approve_allocation(plan, actor=finance, version=1),
    )
    assert [signed, approved].count(None) == 1
    assert isinstance(signed or approved, DomainError)
    if signed is not None:
        assert isinstance(signed, (Conflict, Invalid))
        assert re.search(r"USD\s60 is allocated already", str(signed))
    money = funded.funding
    assert (money.approved_minor, money.allocated_minor) in ((45_00, 0), (APPROVED, 60_00))
    in_force = db.session.scalar(sa.select(Decision.amount_minor).where(Decision.id == funded.case.now.decision_id))
    assert in_force == money.approved_minor
    assert verification.verify().first_wrong is None


STEPS = st.lists(
    st.tuples(st.sampled_from(["hold", "release", "amend", "drop"]), st.integers(0, 200_00)), min_size=1, max_size=12
)


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_the_terms_in_force_are_what_may_be_allocated(funded, steps):
    funded.case = requests.accepted(funded.case.people, amount_minor=APPROVED)
    approved, held = APPROVED, {}
    for name, amount in steps:
        if name == "hold" and amount and sum(held.values()) + amount <= approved:
            held[funded.hold(amount)] = amount
        elif name == "release" and held:
            allocation = next(iter(held))
            services.release_allocation(allocation, actor=funded.people.finance.actor, version=2, reason="Over")
            del held[allocation]
        elif name in ("amend", "drop") and amount != approved:
            fits = amount >= sum(held.values())
            try:
                decision = funded.prepare(amount)
            except Invalid:
                assert not fits
                continue
            assert fits
            if name == "drop":
                funded.drop()
            else:
                funded.sign(decision)
                approved = amount
        assert (funded.funding.approved_minor, funded.funding.allocated_minor) == (approved, sum(held.values()))
