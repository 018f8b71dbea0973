"""Instalments are announced 30, 7 and 1 days before, and recalled weekly after, once each."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tracker.calendar.now import VIENNA
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.services.reminders import reminder_day

DUE = date(2027, 6, 10)
BEFORE = (30, 7, 1)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-31, None), (-30, -30), (-12, -30), (-7, -7), (-1, -1), (0, -1), (6, -1), (7, 7), (13, 7), (14, 14)],
)
def test_the_day_on_which_something_was_to_be_said(days, said):
    expected = None if said is None else DUE + timedelta(days=said)
    assert reminder_day(DUE, DUE + timedelta(days=days), BEFORE) == expected


class TestRemind:
    @pytest.fixture
    def due(self, app):
        people = make.people()
        pledge = make.accepted(people, make.terms(100_00))
        return people, pledge, make.instalments(pledge)[0].due_on

    def said(self) -> list[Event]:
        return list(db.session.scalars(sa.select(Event).where(Event.name == "pledges.instalment_due")))

    def at(self, day, days) -> int:
        db.session.rollback()
        return services.remind(datetime.combine(day + timedelta(days=days), time(9), VIENNA))

    def test_says_each_thing_once(self, due):
        _people, _pledge, day = due
        assert [self.at(day, days) for days in (-40, -30, -30, -29, -7, -1, 0, 6, 7, 8)] == [
            0,
            1,
            0,
            0,
            1,
            1,
            0,
            0,
            1,
            0,
        ]

    def test_carries_only_facts(self, due):
        _people, _pledge, day = due
        self.at(day, -30)
        event = self.said()[0]
        assert event.data == {"instalment_id": make.instalments(due[1])[0].id, "due_on": day.isoformat()}
        assert event.subject_type == "pledge"

    def test_is_silent_about_what_came_in_or_was_withdrawn(self, due):
        people, pledge, day = due
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(100_00))
        assert self.at(day, -7) == 0
        other = make.accepted(people, make.terms(50_00))
        services.withdraw(other, actor=people.signatory.actor, version=3, reason="Cut")
        assert self.at(day, -7) == 0
