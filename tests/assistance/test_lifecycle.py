"""The table of changes, contrary acts at once, and clocks. Every status x action x persona is tried in tests/rights."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance import clock_rules as assistance
from tracker.assistance import clock_steps, clocks
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.lifecycle import (
    CLOSED,
    OPEN,
    STATUS_LABELS,
    TRANSITIONS,
    WAITING_FOR,
    Status,
    WaitingFor,
)
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.assistance.policies import RULES
from tracker.calendar import working_days
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, DomainError, Stale
from tracker.extensions import db
from tracker.reference import services as reference
from tracker.reference.models import Holiday

pytestmark = pytest.mark.usefixtures("app")


def _open_questions(case) -> list[int]:
    from tracker.assistance.models import Clarification, Question

    mine = sa.select(Question.id).join(Clarification).where(Clarification.request_id == case.now.id)
    return list(db.session.scalars(mine))


class TestTheTable:
    def test_knows_every_status_and_lets_nobody_wait_for_a_closed_request(self):
        assert set(STATUS_LABELS) == set(WAITING_FOR) == set(Status)
        assert not OPEN & CLOSED
        assert all(WAITING_FOR[status] is WaitingFor.NOBODY for status in CLOSED)

    def test_has_a_rule_for_every_action(self):
        assert set(RULES) >= set(TRANSITIONS)

    def test_leads_from_the_draft_to_every_status(self):
        reached = {Status.DRAFT}
        while True:
            more = {move.target for move in TRANSITIONS.values() if move.sources & reached} - reached
            if not more:
                break
            reached |= more
        assert reached == set(Status)

    @pytest.mark.parametrize("action", list(TRANSITIONS))
    def test_apply_moves_from_its_sources_only(self, action):
        case = make.complete()
        for status in Status:
            _force(case, status)
            with transaction():
                row = db.session.scalars(
                    sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
                ).one()
                if status in TRANSITIONS[action].sources:
                    row.apply(action, version=row.version)
                    assert row.status == TRANSITIONS[action].target
                else:
                    with pytest.raises(Conflict):
                        row.apply(action, version=row.version)
                    assert row.status == status
                with pytest.raises((Stale, Conflict)):
                    row.apply(action, version=row.version - 1)


def _force(case, status) -> None:
    """Put the row into a status as an imported one, which needs none of the facts."""
    with transaction() as session:
        session.execute(
            sa.update(AssistanceRequest)
            .where(AssistanceRequest.public_id == case.public_id)
            .values(status=status, origin="imported")
        )


def test_of_contrary_acts_at_once_one_wins(app):
    case = make.awaiting_authorisation()
    actor, version, outcomes = case.authority, case.version, []
    acts = (
        lambda: authorisation.submit(case.public_id, actor=actor, version=version, note=make.note()),
        lambda: authorisation.return_to_draft(case.public_id, actor=actor, version=version, reason="R"),
        lambda: authorisation.withdraw(case.public_id, actor=actor, version=version, reason="R"),
    )

    def press(act):
        with app.app_context():
            try:
                act()
                outcomes.append("won")
            except DomainError as refused:
                outcomes.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press, args=(acts[number % 3],)) for number in range(12)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert outcomes.count("won") == 1
    assert case.version == version + 1


class TestClocks:
    def clock(self, case, name="decide") -> Clock:
        found = db.session.scalars(
            sa.select(Clock).where(Clock.request_id == case.now.id, Clock.name == name).order_by(Clock.id.desc())
        ).first()
        db.session.expunge(found)
        db.session.rollback()
        return found

    def test_run_by_the_rule_and_set_the_due_moment(self):
        case = make.submitted()
        due = self.clock(case, "acknowledge").due_at
        assert due == working_days.add(now(), 2)
        assert case.now.due_at == due

    def test_stand_still_while_the_state_is_asked(self):
        start = now()
        case = make.in_review()
        due = self.clock(case).due_at
        with shifted(start + timedelta(days=7)):
            clarification.ask_clarification(
                case.public_id, actor=case.officer, version=None, questions=[("problem", "How many?")]
            )
            make.letter_arrives(case)
            paused = self.clock(case)
            assert paused.due_at is None
            left = working_days.between(today(), due)
            assert case.now.due_at == self.clock(case, "answer").due_at
        with shifted(start + timedelta(days=21)):
            questions = dict.fromkeys(_open_questions(case), "Forty")
            clarification.answer(case.public_id, actor=case.drafter, version=None, replies=questions)
            assert self.clock(case).due_at == working_days.add(now(), left)

    def test_follow_a_change_of_rule_and_of_holidays(self):
        case = make.submitted()
        due = self.clock(case).due_at
        administrator = accounts.person("administrator").actor
        reference.set_clock("decide", actor=administrator, working_days=20, valid_from=today(), sure=True)
        assert self.clock(case).due_at == working_days.add(due, 5)
        with transaction() as session:
            free = working_days.add(today(), 3)
            session.add(Holiday(day=free, name_en="Day", name_fr="Jour"))
            session.flush()
            clocks.holidays_changed()
        assert self.clock(case).due_at == working_days.add(due, 6)

    def test_follow_a_rule_that_begins_later_when_its_day_has_come(self):
        case = make.submitted()
        due = self.clock(case).due_at
        later = today() + timedelta(days=3)
        administrator = accounts.person("administrator").actor
        reference.set_clock("decide", actor=administrator, working_days=10, valid_from=later, sure=True)
        assert assistance.follow_rules() == 0
        with shifted(now() + timedelta(days=3)):
            assert assistance.follow_rules() == 1
        assert self.clock(case).due_at == working_days.add(due, -5)

    @given(days=st.integers(0, 60), later=st.integers(0, 90))
    def test_read_never_disagrees_with_itself(self, days, later):
        start = now()
        clock = Clock(name="decide", working_days=days, started_at=start, pauses=[])
        clock_steps.start(clock, frozenset())
        with shifted(start + timedelta(days=later)):
            reading = clocks.read(clock, frozenset())
        assert reading.state in ("running", "late")
        assert (reading.state == "late") == (start + timedelta(days=later) > clock.due_at)
        assert reading.days >= 0
