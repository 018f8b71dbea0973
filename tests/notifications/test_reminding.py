"""Reminders by beat: each once, to those who have to act."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as requests
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.calendar import now
from tracker.calendar.now import VIENNA
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.models import Delivery
from tracker.reference.models import ClockRule, Session


def names_and_keys() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Event.name, Event.once_key).where(Event.once_key.is_not(None)).order_by(Event.id)
    )
    return [tuple(row) for row in rows]


def told_of(name: str) -> set[str]:
    services.dispatch()
    rows = sa.select(Delivery.recipient_key).join(Event, Event.id == Delivery.event_id).where(Event.name == name)
    return set(db.session.scalars(rows))


def keys(*people) -> set[str]:
    return {f"person:{person.person_id}" for person in people}


def on(day: date):
    return now.shifted(datetime.combine(day, time(10), VIENNA))


class TestClocks:
    @pytest.fixture
    def case(self, app):
        case = requests.submitted()
        assert case.people.officer
        assert case.people.manager
        return case

    def due(self, case, name: str) -> date:
        found = db.session.scalar(sa.select(Clock.due_at).where(Clock.request_id == case.now.id, Clock.name == name))
        db.session.rollback()
        return found.astimezone(VIENNA).date()

    def test_nobody_is_reminded_too_early(self, case):
        assert services.remind() == 0

    def test_a_passed_deadline_is_said_once_to_officers_and_managers(self, case):
        due = self.due(case, "acknowledge")
        with on(due + timedelta(days=1)):
            assert services.remind() >= 1
            assert services.remind() == 0
        assert told_of("clock.overdue") == keys(case.people.officer, case.people.manager)
        assert names_and_keys()[0][0] == "clock.overdue"

    def test_a_long_one_is_spoken_of_before_it_ends(self, case):
        due = self.due(case, "decide")
        with on(due - timedelta(days=1)):
            services.remind()
        assert told_of("clock.due_soon") == keys(case.people.officer)

    def test_a_moved_deadline_is_spoken_of_again(self, case):
        due = self.due(case, "acknowledge")
        with on(due + timedelta(days=1)):
            services.remind()
            with transaction():
                clock = db.session.scalars(sa.select(Clock).where(Clock.name == "acknowledge")).one()
                clock.due_at = clock.due_at - timedelta(days=1)
            assert services.remind() == 1


class TestAuthorisations:
    def test_the_authority_hears_after_the_deadline_then_weekly_the_drafter_and_the_official_address_too(self, app):
        case = requests.awaiting_authorisation()
        assert case.people.authority
        due = db.session.scalar(sa.select(Clock.due_at).where(Clock.name == "authorise")).astimezone(VIENNA).date()
        db.session.rollback()
        said = []
        for days in range(-3, 23):
            with on(due + timedelta(days=days)):
                if services.remind():
                    said.append(days)
                assert services.remind() == 0
        assert said == [1, 7, 14, 21]
        names = [name for name, _key in names_and_keys()]
        assert names == ["clock.authorisation_overdue", *["clock.authorisation_awaited"] * 3]
        assert told_of("clock.authorisation_overdue") == keys(case.people.authority)
        organisation = f"address:{case.people.authority.organisation_id}"
        told = {*keys(case.people.authority, case.people.drafter), organisation}
        assert told_of("clock.authorisation_awaited") == told

    def test_a_beat_that_was_away_for_weeks_says_it_once(self, app):
        requests.awaiting_authorisation()
        with on(date(2040, 1, 9)):
            assert services.remind() == 1
            assert services.remind() == 0


class TestNominations:
    CLOSING = date(2031, 6, 20)  # a Friday

    @pytest.fixture
    def session(self, app):
        requests.reference_data()
        with transaction() as database:
            for which, days in (("first", 15), ("second", 5), ("last", 1)):
                rule = f"nomination_{which}"
                if database.scalar(sa.select(ClockRule.id).where(ClockRule.clock == rule)) is None:
                    database.add(ClockRule(clock=rule, working_days=days, valid_from=date(2020, 1, 1)))
            row = Session(
                code="AHC-9",
                type="substantive",
                title_en="Ninth session",
                title_fr="Neuvième session",
                status="planned",
                starts_on=date(2031, 9, 1),
                ends_on=date(2031, 9, 12),
                closing_on=self.CLOSING,
                seats_funded=20,
            )
            database.add(row)
            database.flush()
            return row.id

    def test_states_that_have_not_nominated_hear_fifteen_five_and_one_working_days_before(self, session):
        kenya = accounts.person("focal_point", of="KEN")
        bhutan = accounts.person("authorising_officer", of="BTN")
        said = []
        for days in range(40, -3, -1):
            with on(self.CLOSING - timedelta(days=days)):
                if services.remind():
                    said.append(days)
        assert said == [21, 7, 1]
        assert told_of("nomination.reminder") == keys(kenya, bhutan)

    def test_a_state_that_has_nominated_hears_nothing(self, session):
        people = requests.People(of="KEN")
        case = requests.submitted(people)
        with transaction() as database:
            row = database.scalars(sa.select(AssistanceRequest).where(AssistanceRequest.id == case.now.id)).one()
            row.kind, row.session_id = Kind.PARTICIPATION, session
        bhutan = accounts.person("authorising_officer", of="BTN")
        with on(self.CLOSING - timedelta(days=1)):
            services.remind()
        assert told_of("nomination.reminder") == keys(bhutan)
