"""Accepted for participation is who is eligible: no amount is named, and nobody plans money by hand. What was accepted
with an amount before there were rounds keeps it."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import participation as taking_part
from tests.factories import pledges as money
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.decision import services as decision
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Decision
from tracker.database.transactions import transaction
from tracker.demo import before_rounds as by_hand
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.participation.seats.services import cancel_seats
from tracker.pledges import queries, reactions, services, verification


@pytest.fixture
def donors(app):
    return money.people()


def decided(case):
    found = db.session.execute(sa.select(Decision.amount_minor, Decision.before_rounds).order_by(Decision.id)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def funding(case):
    found = queries.funding_of([case.now.id])[case.now.id]
    db.session.rollback()
    return found.approved_minor, found.allocated_minor, found.paid_minor


def test_the_office_accepts_without_an_amount_and_the_state_reads_that_it_awaits_the_round(app):
    case = taking_part.in_review()
    officer, manager = (sign_in(app.test_client(), one) for one in (case.people.officer, case.people.manager))
    address = f"/triage/requests/{case.public_id}/decision/accepted"
    page = officer.get(address).text
    assert 'name="amount"' not in page
    assert "Accepting means eligible" in page
    case_page = words_of(officer.get(f"/triage/requests/{case.public_id}"))
    assert "As eligible; the round gives the money." in case_page
    taking_part.prepare(case)
    signing = words_of(manager.get(f"/triage/requests/{case.public_id}/sign"))
    assert "without an amount: money comes from the round" in signing
    assert "can be allocated" not in signing
    taking_part.sign(case)
    assert decided(case) == [(None, False)]
    assert funding(case) == (0, 0, 0)
    state = words_of(sign_in(app.test_client(), case.people.drafter).get(case.url))
    assert "Eligible, awaiting the round" in state
    assert "from the round, seat by seat" in state
    assert "USD" not in state


def test_an_amount_is_refused(app):
    case = taking_part.in_review()
    proposal = decision.Proposal(outcome=Outcome.ACCEPTED, amount_minor=1, **taking_part.SAID)
    with pytest.raises(Invalid) as refused:
        decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
    assert "the round gives the money" in str(refused.value.fields["amount"])


def test_its_terms_are_amended_without_an_amount(app):
    case = taking_part.accepted()
    officer = sign_in(app.test_client(), case.people.officer)
    address = f"/triage/requests/{case.public_id}/amendment"
    assert 'name="amount"' not in officer.get(address).text
    for amount in (None, 5):
        amendment = decision.Amendment(reasons="Agreed.", amount_minor=amount, scope="One day less.")
        act = {"actor": case.officer, "version": case.version, "amendment": amendment}
        if amount is None:
            prepared = decision.prepare_amendment(case.public_id, **act)
            decision.drop_amendment(case.public_id, actor=case.officer, version=case.version, reason="To try again.")
        else:
            with pytest.raises(Invalid):
                decision.prepare_amendment(case.public_id, **act)
    amendment = decision.Amendment(reasons="Agreed.", amount_minor=None, scope="One day less.")
    prepared = decision.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=amendment)
    manager = sign_in(app.test_client(), case.people.manager)
    assert "Money comes from the round" in words_of(manager.get(f"{address}/sign"))
    decision.amend(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(prepared))
    assert decided(case)[-1] == (None, False)
    assert verification.verify().first_wrong is None


def test_money_is_not_planned_by_hand_and_the_page_leads_to_the_session(app, donors):
    pledge, case = money.funded(donors), taking_part.accepted(session_id=taking_part.meeting(code="AHC-X9"))
    with pytest.raises(Conflict, match="comes from its rounds"):
        services.plan_allocation(pledge, actor=donors.manager.actor, request_id=case.public_id, amount_minor=1)
    manager = sign_in(app.test_client(), donors.manager)
    page = manager.get(f"/finance/requests/{case.public_id}/plan").text
    assert "comes from its rounds" in page
    assert '"/rounds/sessions/AHC-X9"' in page
    assert 'name="amount"' not in page
    office = manager.get(f"/triage/requests/{case.public_id}").text
    assert f"/finance/requests/{case.public_id}/plan" not in office
    assert '"/rounds/sessions/AHC-X9"' in office


def test_what_was_accepted_with_an_amount_before_is_shown_paid_recovered_and_released(app, donors):
    pledge, case = money.funded(donors), taking_part.before_rounds(amount_minor=80_00)
    assert funding(case) == (80_00, 0, 0)
    with transaction():
        plan = by_hand.plan(pledge, case.public_id, 50_00, actor=donors.manager.actor)
    finance = donors.finance.actor
    services.approve_allocation(plan, actor=finance, version=1)
    paid = services.Payment(20_00, money.today(), "FIN-1", "travel_agent", "card")
    services.disburse(plan, actor=finance, payment=paid)
    back = services.Payment(5_00, money.today(), "FIN-2", "travel_agent", "card")
    services.recover(plan, actor=finance, payment=back)
    assert funding(case) == (80_00, 50_00, 15_00)
    manager = sign_in(app.test_client(), case.people.manager)
    assert "before rounds: for the request as a whole" in words_of(manager.get(f"/triage/requests/{case.public_id}"))
    services.release_allocation(plan, actor=finance, version=2, reason="The rest is not needed.")
    assert funding(case) == (80_00, 15_00, 15_00)
    assert reactions.held_for(case.now.id) == 0
    # No seat was made of it by guess.
    with transaction():
        assert cancel_seats(case.now.id, actor=case.manager) == 0
    assert verification.verify().first_wrong is None


def test_its_amount_is_amended_and_stays_before_rounds(app):
    case = taking_part.before_rounds(amount_minor=80_00)
    act = {"actor": case.officer, "version": case.version}
    with pytest.raises(Invalid):
        decision.prepare_amendment(
            case.public_id, amendment=decision.Amendment(reasons="Less.", amount_minor=None), **act
        )
    prepared = decision.prepare_amendment(
        case.public_id, amendment=decision.Amendment(reasons="Less.", amount_minor=60_00), **act
    )
    decision.amend(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(prepared))
    assert decided(case) == [(80_00, True), (60_00, True)]
    assert funding(case) == (60_00, 0, 0)


def test_donors_see_a_need_that_awaits_a_round(app, donors):
    case = taking_part.accepted()
    from tracker.assistance.authorisation import services as authorisation

    authorisation.set_consent(case.public_id, actor=case.authority, version=case.version, consents=("title:donors",))
    numbers = [need.number for need in queries.open_needs(donors.officer.actor)]
    assert numbers == [case.now.public_number]
