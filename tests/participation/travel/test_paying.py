"""Finance is asked how to pay whoever was confirmed; before it is known, no transfer of their allowance is recorded."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories import conditions, travel
from tests.factories import seats as make
from tracker.errors import Invalid
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.travel import services
from tracker.participation.travel.services import Payee
from tracker.pledges import services as money
from tracker.pledges.models import Disbursement


@pytest.fixture
def seat(app):
    """A confirmed seat of which one pledge pays fare and allowance, whose person accepted the conditions; with the
    people around the money."""
    scene = travel.confirmed("KEN", costs=(50_00, 30_00))
    conditions.accept(scene.seats["KEN"], scene.officer)
    return scene.seats["KEN"], scene.donors


def pay(seat, kind: str, method: str) -> None:
    public_id, people = seat
    allocation = travel.allocation_of(public_id, kind)
    payment = replace(
        make.payment(allocation, 10_00, f"{kind}-{method}", kind=kind), method=method, payee_kind="delegate"
    )
    money.disburse(allocation, actor=people.finance.actor, payment=payment)


def paid() -> int:
    number = db.session.scalar(sa.select(sa.func.count()).select_from(Disbursement)) or 0
    db.session.rollback()
    return number


def test_no_transfer_of_the_allowance_before_the_payee_is_known(seat):
    public_id, people = seat
    with pytest.raises(Invalid) as refused:
        pay(seat, "allowance", "bank_transfer")
    assert "not known yet" in str(refused.value.fields["method"])
    assert paid() == 0
    pay(seat, "fare", "bank_transfer")
    services.record_payee(public_id, actor=people.finance.actor, version=None, payee=Payee("401200"))
    pay(seat, "allowance", "bank_transfer")
    assert paid() == 2


def test_whoever_is_paid_on_arrival_gets_no_transfer(seat):
    public_id, people = seat
    services.record_payee(public_id, actor=people.finance.actor, version=None, payee=Payee("1", True, "CASH-7"))
    with pytest.raises(Invalid) as refused:
        pay(seat, "allowance", "bank_transfer")
    assert "from the advance CASH-7" in str(refused.value.fields["method"])
    pay(seat, "allowance", "cash")
    assert paid() == 1


@pytest.mark.parametrize(("costs", "asked"), [((20_00,), 0), ((20_00, 5_00), 1)])
def test_finance_is_asked_on_the_day_of_confirmation_where_the_fund_pays_the_person(app, costs, asked):
    travel.confirmed("KEN", costs=costs)
    found = db.session.scalars(sa.select(Event).where(Event.name == "participation.payee_asked")).all()
    assert len(found) == asked
