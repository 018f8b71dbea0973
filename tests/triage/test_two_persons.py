"""Whoever prepared a decision does not sign it, whatever it says; the database refuses it a second time."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tracker.assistance.decision import services
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Decision
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.errors import Forbidden
from tracker.extensions import db


def needs(outcome, people):
    """What a decision of this outcome cannot lack."""
    if outcome is Outcome.MERGED:
        return {"merged_into": make.in_review(people).now.reference}
    return {
        Outcome.ACCEPTED: {"amount_minor": 3_500_000, **make.CONSIDERED},
        Outcome.REFERRED: {"referred_to": "OAS", "state_agreed_on": today()},
    }.get(outcome, {})


@pytest.fixture(params=Outcome)
def prepared(request, people):
    """A request and the decision that its manager prepared."""
    case = make.in_review(people)
    proposal = services.Proposal(outcome=request.param, reasons="It fits.", **needs(request.param, people))
    made = services.prepare_decision(case.public_id, actor=case.manager, version=case.version, proposal=proposal)
    return case, uuid.UUID(made)


def test_one_person_does_not_prepare_and_sign(prepared):
    case, decision = prepared
    with pytest.raises(Forbidden) as refused:
        services.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=decision)
    assert refused.value.refusal.code == "two_persons"
    assert case.now.status == "in_review"
    assert db.session.scalar(sa.select(Decision.signed_at).where(Decision.public_id == decision)) is None


def test_the_database_takes_no_second_signature_of_the_same_person(prepared):
    _case, decision = prepared
    by_hand = (
        sa.update(Decision)
        .where(Decision.public_id == decision)
        .values(signed_at=now(), signed_by_id=Decision.prepared_by_id)
    )
    with pytest.raises(sa.exc.IntegrityError, match="two_persons"), transaction() as session:
        session.execute(by_hand)
