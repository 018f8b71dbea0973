"""The clocks of requests: what pauses them moves no deadline of its own, and what has stopped stays for good."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance import clock_rules, clocks
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.handling import services as handling
from tracker.assistance.models import AssistanceRequest, Clarification, Clock, Question
from tracker.calendar import working_days
from tracker.calendar.now import VIENNA, shifted
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.extensions import db
from tracker.reference import services as reference

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2032, 3, day) for day in (12, 13, 14, 15))
LATER = {"dates": {"starts_on": "2034-05-03", "ends_on": "2034-05-14", "place": "Nairobi"}}


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), VIENNA)


def on(day: date):
    return shifted(at(day))


@pytest.fixture
def clock(app):
    """The newest clock of a name that a request has, as it stands in the database."""

    def read(case, name="decide"):
        found = db.session.scalars(
            sa.select(Clock).where(Clock.request_id == case.now.id, Clock.name == name).order_by(Clock.id.desc())
        ).first()
        if found is not None:
            db.session.expunge(found)
        db.session.rollback()
        return found

    return read


def ask(case) -> None:
    clarification.ask_clarification(
        case.public_id, actor=case.officer, version=None, questions=[("problem", "How many?")]
    )


def answer(case) -> None:
    open_ones = sa.select(Question.id).join(Clarification, Clarification.id == Question.clarification_id)
    questions = db.session.scalars(
        open_ones.where(Clarification.request_id == case.now.id, Clarification.answered_at.is_(None))
    ).all()
    db.session.rollback()
    clarification.answer(case.public_id, actor=case.drafter, version=None, replies=dict.fromkeys(questions, "Forty"))


def add_holiday(day: date) -> None:
    reference.add_holiday(actor=accounts.person("administrator").actor, day=day, name_en="Day", name_fr="Jour")


class TestARequest:
    @pytest.mark.parametrize("day", [FRIDAY, SATURDAY, SUNDAY, MONDAY])
    @pytest.mark.parametrize("late", [0, 1, 2, 40])
    def test_asked_and_answered_on_one_day_keeps_its_deadline(self, clock, day, late):
        with on(working_days.add(day, -(15 + late))):
            case = make.in_review(**LATER)
        due = clock(case).due_at
        with on(day):
            ask(case)
            answer(case)
        assert clock(case).due_at == due

    def test_paused_days_are_not_used_once_it_is_decided(self, clock):
        with on(MONDAY):
            case = make.in_review(**LATER)
        with on(working_days.add(MONDAY, 3)):
            ask(case)
        with on(working_days.add(MONDAY, 9)):
            answer(case)
        with on(working_days.add(MONDAY, 14)):
            authorisation.withdraw(case.public_id, actor=case.authority, version=None, reason="Not needed any more.")
        stopped = clock(case)
        assert (stopped.days_used, stopped.met) == (8, True)
        assert clocks.read(stopped, frozenset()).used == 8

    def test_that_is_over_is_not_changed_by_holidays_and_rules(self, clock):
        with on(MONDAY):
            case = make.in_review(**LATER)
        with on(working_days.add(MONDAY, 5)):
            authorisation.withdraw(case.public_id, actor=case.authority, version=None, reason="Not needed any more.")
            before = clock(case)
            add_holiday(working_days.add(MONDAY, 2))
            add_holiday(working_days.day_of(before.due_at))
            reference.set_clock(
                "decide",
                actor=accounts.person("administrator").actor,
                working_days=3,
                valid_from=working_days.add(MONDAY, 5),
            )
        after = clock(case)
        for name in ("days_used", "due_at", "working_days", "rule_id", "met"):
            assert getattr(after, name) == getattr(before, name)
        assert clocks.read(after, clocks.holidays()).used == before.days_used

    def test_that_stops_while_it_stands_still_has_its_due_day_and_whether_it_was_met(self, clock):
        with on(MONDAY):
            case = make.in_review(**LATER)
        with on(working_days.add(MONDAY, 17)):
            ask(case)
        with on(working_days.add(MONDAY, 30)):
            authorisation.withdraw(case.public_id, actor=case.authority, version=None, reason="Not needed any more.")
        stopped = clock(case)
        assert (stopped.days_used, stopped.met) == (17, False)
        assert working_days.day_of(stopped.due_at) == working_days.add(MONDAY, 15)

    def test_done_late_does_not_look_as_if_it_were_in_time(self, app, clock, sign_in):
        with on(MONDAY):
            case = make.submitted(**LATER)
        with on(working_days.add(MONDAY, 4)):
            handling.take_up(case.public_id, actor=case.officer, version=None)
        page = sign_in(app.test_client(), case.people.officer).get(f"/triage/requests/{case.public_id}")
        text = page.get_data(as_text=True)
        chip = text[text.rindex('<span class="clock"', 0, text.index("late, 4 of 2 d")) :]
        assert chip.startswith('<span class="clock" data-tone="bad">')

    def test_moves_with_holidays_while_it_runs_and_back_with_them(self, clock):
        with on(MONDAY):
            case = make.in_review(**LATER)
            due, day = clock(case).due_at, working_days.add(MONDAY, 2)
            add_holiday(day)
            assert clock(case).due_at == working_days.add(due, 1)
            assert case.now.due_at == min(clock(case).due_at, case.now.due_at)
            reference.end_holiday(reference_id(day), actor=accounts.person("administrator").actor, version=None)
            assert clock(case).due_at == due


def reference_id(day: date) -> int:
    from tracker.reference.models import Holiday

    found = db.session.scalar(sa.select(Holiday.id).where(Holiday.day == day, Holiday.ended_at.is_(None)))
    db.session.rollback()
    return found


class TestAuthorise:
    def test_runs_from_asking_to_submitting(self, clock):
        with on(MONDAY):
            case = make.awaiting_authorisation(**LATER)
            due = working_days.end_of(working_days.add(MONDAY, 5))
            assert (clock(case, "authorise").due_at, case.now.due_at) == (due, due)
            authorisation.submit(case.public_id, actor=case.authority, version=None, note=make.note())
        assert clock(case, "authorise").met

    def test_ends_when_the_request_goes_back_to_its_drafter(self, clock):
        case = make.awaiting_authorisation(**LATER)
        authorisation.return_to_draft(case.public_id, actor=case.authority, version=None, reason="Shorter.")
        assert clock(case, "authorise").stopped_at is not None
        assert case.now.due_at is None

    def test_begins_again_when_the_note_verbale_is_returned(self, clock):
        with on(MONDAY):
            case = make.submitted(**LATER)
        with on(MONDAY + timedelta(days=1)):
            handling.return_note(case.public_id, actor=case.officer, version=None, reason="Not signed.")
        running = clock(case, "authorise")
        assert running.stopped_at is None
        assert working_days.day_of(running.started_at) == MONDAY + timedelta(days=1)

    def test_is_given_to_what_waited_before_there_was_one(self, clock):
        with on(MONDAY):
            case = make.awaiting_authorisation(**LATER)
        with transaction():
            delete_where(Clock, Clock.name == "authorise")
            update_where(AssistanceRequest, AssistanceRequest.public_id == case.public_id, due_at=None)
        with on(MONDAY + timedelta(days=1)):
            clock_rules.follow_rules()
            clock_rules.follow_rules()
        assert clock(case, "authorise").due_at == working_days.end_of(working_days.add(MONDAY, 5)) == case.now.due_at

    def test_is_shown_to_drafter_and_authority_with_its_day_and_its_rule(self, app, sign_in):
        case = make.awaiting_authorisation(**LATER)
        for person in (case.people.drafter, case.people.authority):
            page = sign_in(app.test_client(), person).get(case.url).get_data(as_text=True)
            assert "To authorise the request" in page
            assert "5 working days left" in page
            assert "The authority is asked to do so by" in page
            listed = sign_in(app.test_client(), person).get("/requests").get_data(as_text=True)
            assert ", due by" in listed


class TestWaitsSince:
    def test_counts_from_the_day_on_which_the_side_began_to_wait(self, app):
        with on(MONDAY):
            case = make.submitted(**LATER)
            since = case.now.waits_since
        with on(MONDAY + timedelta(days=1)):
            handling.take_up(case.public_id, actor=case.officer, version=None)
            assert case.now.waits_since == since
        with on(MONDAY + timedelta(days=3)):
            ask(case)
            assert working_days.day_of(case.now.waits_since) == MONDAY + timedelta(days=3)
        with on(MONDAY + timedelta(days=7)):
            answer(case)
            assert working_days.day_of(case.now.waits_since) == MONDAY + timedelta(days=7)

    def test_is_what_both_sides_read(self, app, sign_in):
        with on(FRIDAY):
            case = make.submitted(**LATER)
        with on(MONDAY):
            handling.take_up(case.public_id, actor=case.officer, version=None)
        with on(MONDAY + timedelta(days=1)):
            office = sign_in(app.test_client(), case.people.officer).get(f"/triage/requests/{case.public_id}")
            state = sign_in(app.test_client(), case.people.drafter).get(case.url)
        assert "since 12 March 2032." in office.get_data(as_text=True)
        assert "Waiting for UNODC since 12 March 2032" in state.get_data(as_text=True)


def test_a_planned_day_that_has_passed_is_said(app, sign_in):
    case = make.in_implementation(activities=("Course",))
    with shifted(at(date.today() + timedelta(days=40))):  # noqa: DTZ011 - any day after the one that was planned
        office = sign_in(app.test_client(), case.people.officer).get(f"/triage/requests/{case.public_id}")
        state = sign_in(app.test_client(), case.people.drafter).get(case.url)
    for page in (office.get_data(as_text=True), state.get_data(as_text=True)):
        assert "nothing is recorded yet" in page
    assert "Next: record what was delivered of “Course”" in office.get_data(as_text=True)
    assert "An activity was planned for" in state.get_data(as_text=True)
