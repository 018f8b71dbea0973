"""Everybody is judged by the lists of the day on which nominations close, who comes late too; the State reads which."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import participation as taking_part
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.participation import completeness, queries
from tracker.participation.lifecycle import judged_on
from tracker.reference.models import Session, State


@pytest.fixture
def graduating(app):
    """Kenya as a least developed country until a day in forty days, and on no other list."""

    def leaves_on(day):
        with transaction() as session:
            values = {"ldc": True, "lldc": False, "sids": False, "oda_eligible": False, "ldc_graduation_date": day}
            session.execute(sa.update(State.__table__).where(State.__table__.c.iso3 == "KEN").values(values))

    return leaves_on


@pytest.mark.parametrize(("left_after", "eligible"), [(timedelta(days=-1), True), (timedelta(0), False)])
def test_the_closing_day_decides_before_it_and_after_it(graduating, left_after, eligible):
    for begins in (today() + timedelta(days=90), today() + timedelta(days=30)):
        number = taking_part.meeting(first_day=begins)
        meeting = db.session.get(Session, number)
        closes = meeting.closing_on
        db.session.rollback()
        graduating(closes - left_after)
        case = taking_part.in_review(session_id=number)
        found = queries.eligibility_of(case.now.organisation_id, db.session.get(Session, number))
        db.session.rollback()
        assert (found.is_eligible, found.judged_on) == (eligible, closes)


def test_without_a_closing_day_it_is_today():
    assert judged_on(None, today()) == today()


def test_state_and_office_read_list_and_day(app, graduating):
    number = taking_part.meeting()
    closes = db.session.get(Session, number).closing_on
    db.session.rollback()
    graduating(closes + timedelta(days=1))
    case = taking_part.accepted(session_id=number)
    with app.test_request_context():
        said = f"Least developed country, by the lists of {format_day(closes)}, on which nominations close"
    for someone, address in (
        (case.people.drafter, case.url),
        (case.people.manager, f"/triage/requests/{case.public_id}"),
    ):
        assert said in words_of(sign_in(app.test_client(), someone).get(address))
    graduating(closes)
    request = queries.get_delegation(case.public_id, case.drafter)
    assert str(format_day(closes)) in str(completeness.complete_delegation(request)["session"])
    db.session.rollback()
