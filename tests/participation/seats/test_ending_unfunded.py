"""What was eligible and got no seat ends with the published rule; nothing is held or paid for it any more."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance
from tests.factories import participation as taking_part
from tests.factories import pledges as money
from tests.factories import seats as seating
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.implementation import services as implementation
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.pledges import services, verification
from tracker.pledges.models import Allocation, RequestFunding
from tracker.pledges.services.seats import free_seat

RULE = "One seat for each State, the least developed first."


def end(case) -> None:
    implementation.end_unfunded(case.public_id, actor=case.manager, version=case.version, rule=RULE)


def refusal(case) -> str:
    with pytest.raises(Invalid) as refused:
        end(case)
    db.session.rollback()
    return " ".join(map(str, refused.value.fields.values()))


def with_a_seat(donors, case) -> int:
    pledge = money.funded(donors)
    request = money.FundableRequest(case.now.id, case.public_id, case.now.reference)
    person = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == request.id)).first()
    db.session.rollback()
    return seating.given(donors, [seating.seat(request, person, (pledge, 30_00))])[0]


@pytest.fixture
def donors(app):
    return money.people()


def test_the_manager_ends_it_after_the_session_and_the_state_reads_the_rule(app):
    case = taking_part.without_a_seat()
    manager = sign_in(app.test_client(), case.people.manager)
    office = manager.get(f"/triage/requests/{case.public_id}").text
    assert f"/triage/requests/{case.public_id}/end-unfunded" in office
    page = words_of(manager.get(f"/triage/requests/{case.public_id}/end-unfunded"))
    assert "Ended without a seat" in page
    assert "stands in the way" not in page
    end(case)
    assert case.now.status == "unfunded"
    state = words_of(sign_in(app.test_client(), case.people.drafter).get(case.url))
    assert "Eligible, no seat in this session" in state
    assert RULE in state
    assert not db.session.scalar(sa.select(RequestFunding.open).where(RequestFunding.request_id == case.now.id))
    db.session.rollback()


def test_while_the_session_is_to_come_a_seat_can_be_given(app):
    case = taking_part.accepted()
    assert "until then a seat can be given" in refusal(case)
    last_day = taking_part.accepted(session_id=taking_part.meeting(first_day=today() - timedelta(days=5)))
    assert "until then a seat can be given" in refusal(last_day)


def test_seats_that_stand_and_money_that_is_held_come_first(app, donors):
    case = taking_part.without_a_seat()
    seat = with_a_seat(donors, case)
    assert "Seats of this State stand" in refusal(case)
    with transaction() as session:
        session.get_one(Seat, seat).apply(SeatAction.DECLINE, version=None)
    assert "Money is still held" in refusal(case)
    with transaction():
        free_seat(seat, actor=case.manager, reason="Declined.")
    end(case)
    assert case.now.seats_given_up
    state = words_of(sign_in(app.test_client(), case.people.drafter).get(case.url))
    assert "Seats given up" in state
    assert "no seat in this session" not in state
    assert verification.verify().first_wrong is None


def test_what_was_paid_for_is_completed_instead(app, donors):
    case = taking_part.without_a_seat()
    seat = with_a_seat(donors, case)
    allocation = db.session.scalars(sa.select(Allocation.public_id).where(Allocation.seat_id == seat)).one()
    services.disburse(allocation, actor=donors.finance.actor, payment=seating.payment(allocation, 12_00))
    with transaction() as session:
        session.get_one(Seat, seat).apply(SeatAction.CANCEL, version=None, cause="other", reason="Because.")
    this, manager = AssistanceRequest.id == case.now.id, case.manager
    with transaction():
        free_seat(seat, actor=manager, reason="Declined.")
        update_where(AssistanceRequest, this, status="accepted")
    assert "Money was paid" in refusal(case)


def test_only_participation_ends_so_and_a_rule_is_needed(app):
    technical = assistance.accepted()
    assert "Only a request for participation" in refusal(technical)
    case = taking_part.without_a_seat()
    with pytest.raises(Invalid):
        implementation.end_unfunded(case.public_id, actor=case.manager, version=case.version, rule=" ")
    assert case.now.status == "accepted"
