"""Earmarks for lists of countries ask which lists there are on the day of the act."""

from datetime import date, datetime, time

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tracker.calendar.now import VIENNA, shifted
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.pledges.models import Pledge
from tracker.pledges.queries.shares import facts_of, used_of_shares

GRADUATION = date(2026, 11, 24)
EARMARK = (make.Rule("lists", ("ldc",)),)
SHARE = (make.Rule("lists", ("ldc", "lldc"), 5_000),)


def at(day: date, hour: int = 10):
    return shifted(datetime.combine(day, time(hour), VIENNA))


@pytest.fixture
def people(app):
    return make.people()


def test_an_earmark_for_least_developed_countries_pays_nepal_until_the_day_before_it_graduates(people):
    with at(date(2026, 11, 23)):
        pledge = make.funded(people, make.terms(1_000_00, earmarks=EARMARK))
        request = make.request_of("NPL")
        make.allocated(people, pledge, request, 10_00)
    with at(GRADUATION), pytest.raises(Conflict):
        make.allocated(people, pledge, request, 10_00)


@pytest.mark.parametrize(("hour", "used"), [(0, 0), (23, 10_00)])
def test_what_was_set_aside_counts_by_the_lists_of_its_own_day_in_vienna(people, hour, used):
    """Half an hour after midnight in Vienna it is still the day before in UTC."""
    rule = (make.Rule("lists", ("ldc",), 5_000),)
    day = GRADUATION if hour == 0 else date(2026, 11, 23)
    with at(date(2026, 11, 20)):
        pledge = make.funded(people, make.terms(1_000_00, earmarks=SHARE))
        request = make.request_of("NPL")
    with at(day, hour):
        make.allocated(people, pledge, request, 10_00)
    facts = facts_of([request.id], date(2026, 11, 23))[request.id]
    pledge_id = db.session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
    assert used_of_shares([(pledge_id, rule)], facts) == {pledge_id: {rule[0]: used}}
