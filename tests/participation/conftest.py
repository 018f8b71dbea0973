"""Forms are sent without their token here; that it is needed is tested with the accounts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance, reference
from tests.factories.assistance import People
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.reference.models import Session


@pytest.fixture(autouse=True)
def forms_without_token(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture(autouse=True)
def with_reference(app):
    reference.loaded()


@pytest.fixture
def meeting():
    """A session in three months that takes nominations for another month: two seats, one alternate."""
    with transaction() as session:
        row = session.scalars(sa.select(Session).where(Session.code == "AHC-P1")).one()
        row.starts_on, row.ends_on = today() + timedelta(90), today() + timedelta(95)
        row.closing_on = today() + timedelta(30)
        row.seats_per_state, row.alternates_per_state = 2, 1
        return row.id


@pytest.fixture
def case(meeting):
    made = assistance.draft(People("KEN"), kind="participation")
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.public_id == made.public_id, session_id=meeting)
    return made
