"""Whether a State was reached by the letters about its request, and what waits until it was."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as requests
from tests.notifications.conftest import happen, send_all
from tests.services.people import sign_in
from tests.services.smtp import NEVER, OK
from tracker.accounts.models import Organisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Clock
from tracker.assistance.reaching import services as reaching
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.errors import Forbidden, Invalid
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.models import Delivery

HOUR = timedelta(hours=1)


@pytest.fixture
def case(app):
    """A request in review; all mail of before is away."""
    case = requests.in_review()
    assert case.people.manager
    return case


def ask(case) -> None:
    fields = [("problem", "Which courts?")]
    clarification.ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=fields)


def refuse_the_state(smtp, *more: str) -> None:
    """No mailbox of Kenya takes mail."""
    smtp.behaviour = lambda to: NEVER if any(address.endswith("ken.example") for address in to) else OK


def answer_clock(case) -> Clock | None:
    db.session.rollback()
    return db.session.scalars(sa.select(Clock).where(Clock.request_id == case.now.id, Clock.name == "answer")).first()


def happened(case) -> list[tuple[str, str | None]]:
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Event.name, Event.data)
        .where(Event.subject_id == case.now.id, Event.name.like("assistance.state_%"))
        .order_by(Event.id)
    )
    return [(name, data.get("how")) for name, data in rows]


class TestTheTimeToAnswer:
    def test_begins_when_a_letter_was_sent(self, case, smtp):
        ask(case)
        assert answer_clock(case) is None
        send_all()
        assert answer_clock(case) is None  # sent, and seen at the next look
        send_all()
        assert answer_clock(case).due_at is not None
        assert happened(case) == [("assistance.state_reached", "letter")]

    def test_does_not_begin_by_a_letter_about_something_else(self, case, smtp):
        """What was told before is sent late; the questions are not."""
        ask(case)
        services.dispatch()
        with transaction():
            asked = sa.select(Event.id).where(Event.name == "assistance.clarification_asked").scalar_subquery()
            update_where(Delivery, Delivery.event_id == asked, due_at=now() + HOUR)
        services.deliver()
        services.sweep()
        assert smtp.to(case.people.drafter.email)
        assert answer_clock(case) is None

    def test_begins_when_somebody_of_the_state_opens_the_request(self, app, case, smtp):
        refuse_the_state(smtp)
        ask(case)
        send_all()
        page = sign_in(app.test_client(), case.people.drafter).get(case.url)
        assert "Please answer by" in page.text
        assert answer_clock(case).due_at is not None
        assert happened(case)[-1] == ("assistance.state_reached", "opened")

    def test_does_not_begin_when_the_office_opens_it(self, app, case, smtp):
        refuse_the_state(smtp)
        ask(case)
        page = sign_in(app.test_client(), case.people.officer).get(f"/triage/requests/{case.public_id}")
        assert "Its time to answer begins once the questions have reached it." in page.text
        assert answer_clock(case) is None

    def test_the_decision_waits_until_the_answer(self, case, smtp):
        refuse_the_state(smtp)
        ask(case)
        send_all(after=HOUR)
        decide = db.session.scalars(sa.select(Clock).where(Clock.name == "decide")).one()
        assert decide.paused_at is not None


class TestNobodyReached:
    def lose(self, case, smtp) -> None:
        refuse_the_state(smtp)
        ask(case)
        for hours in range(4):
            send_all(after=hours * HOUR)

    def test_the_official_address_is_tried_first(self, case, smtp):
        refuse_the_state(smtp)
        smtp.behaviour = lambda to: NEVER if to != ("official@ken.example",) else OK
        ask(case)
        for hours in range(3):
            send_all(after=hours * HOUR)
        assert happened(case) == [("assistance.state_reached", "letter")]
        assert case.now.unreached_since is None

    def test_is_said_to_the_officer_once(self, case, smtp):
        self.lose(case, smtp)
        assert happened(case) == [("assistance.state_missed", None)]
        happen(case, "assistance.activity_planned", actor=case.officer)
        for hours in range(4, 7):
            send_all(after=hours * HOUR)
        assert happened(case) == [("assistance.state_missed", None)]
        assert [mail.subject for mail in smtp.to(case.people.officer.email)][-1].endswith(
            "the State was not reached yet"
        )

    def test_is_said_on_the_officers_list_and_page(self, app, case, smtp):
        self.lose(case, smtp)
        officer = sign_in(app.test_client(), case.people.officer)
        assert "Not reached yet" in officer.get("/triage/queue").text
        assert "Not reached yet: no letter has come through" in officer.get(f"/triage/requests/{case.public_id}").text
        assert "not reached yet" in officer.get("/notifications").text

    def test_is_said_to_whoever_of_the_state_opens_it_first(self, app, case, smtp):
        self.lose(case, smtp)
        client = sign_in(app.test_client(), case.people.drafter)
        assert "Not reached yet: no letter about this request" in client.get(case.url).text
        assert "Not reached yet" not in client.get(case.url).text

    def test_ends_with_a_letter_that_was_sent_after_all(self, case, smtp):
        self.lose(case, smtp)
        smtp.clear_behaviour()
        happen(case, "assistance.activity_planned", actor=case.officer)
        for hours in range(4, 7):
            send_all(after=hours * HOUR)
        assert case.now.unreached_since is None
        assert happened(case)[-1] == ("assistance.state_reached", "letter")

    def test_ends_so_where_no_answer_is_awaited_either(self, case, smtp):
        refuse_the_state(smtp)
        happen(case, "assistance.activity_planned", actor=case.officer)
        for hours in range(4):
            send_all(after=hours * HOUR)
        assert case.now.unreached_since is not None
        smtp.clear_behaviour()
        happen(case, "assistance.activity_planned", actor=case.officer)
        for hours in range(4, 7):
            send_all(after=hours * HOUR)
        assert case.now.unreached_since is None

    def test_is_not_said_of_a_request_that_was_never_submitted(self, app, smtp):
        draft = requests.awaiting_authorisation()
        refuse_the_state(smtp)
        for hours in range(3):
            send_all(after=hours * HOUR)
        assert happened(draft) == []
        assert reaching.miss(draft.now.id) is False
        assert happened(draft) == []

    def test_is_not_said_of_what_the_state_did_itself(self, case, smtp):
        services.dispatch()
        with transaction():
            delete_where(Delivery)
        refuse_the_state(smtp)
        happen(case, "assistance.withdrawn", actor=case.authority)
        for hours in range(3):
            send_all(after=hours * HOUR)
        assert happened(case) == []

    def test_is_said_too_where_there_is_no_official_address(self, case, smtp):
        with transaction():
            update_where(Organisation, Organisation.code == "KEN", official_email=None)
        self.lose(case, smtp)
        assert case.now.unreached_since is not None


class TestWhatTheOfficerRecords:
    def record(self, case, **changes) -> None:
        how = {"day": today(), "reason": "By telephone, to the mission."} | changes
        reaching.record_contact(case.public_id, actor=case.officer, version=case.version, **how)

    def test_begins_the_time_to_answer(self, app, case):
        ask(case)
        self.record(case)
        assert answer_clock(case).due_at is not None
        assert happened(case) == [("assistance.state_reached", "recorded")]
        client = sign_in(app.test_client(), case.people.drafter)
        assert "By telephone, to the mission." in client.get(case.url).text

    @pytest.mark.parametrize("days", [None, 1, -9])
    def test_needs_a_day_since_the_letter(self, case, days):
        ask(case)
        with pytest.raises(Invalid):
            self.record(case, day=None if days is None else today() + timedelta(days=days))
        assert answer_clock(case) is None

    def test_needs_words(self, case):
        ask(case)
        with pytest.raises(Invalid):
            self.record(case, reason=" ")

    def test_is_nothing_where_the_state_was_reached(self, case):
        with pytest.raises(Forbidden):
            self.record(case)


def test_a_stranger_of_another_state_reaches_nobody(app, case):
    ask(case)
    client = sign_in(app.test_client(), accounts.person("focal_point", of="FRA"))
    assert client.get(case.url).status_code == 404
    assert answer_clock(case) is None


class TestTheTimeForASecondLook:
    def decline(self, case) -> None:
        proposal = decision.Proposal(Outcome.DECLINED, "Outside the mandate.")
        made = decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
        decision.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(made))

    def clock(self) -> Clock:
        db.session.rollback()
        return db.session.scalars(sa.select(Clock).where(Clock.name == "reopen")).one()

    def test_begins_once_a_state_is_reached_that_no_letter_had_reached(self, app, case, smtp):
        authority = case.people.authority
        refuse_the_state(smtp)
        self.decline(case)
        for hours in range(4):
            send_all(after=hours * HOUR)
        assert happened(case) == [("assistance.state_missed", None)]
        with shifted(now() + timedelta(days=60)):
            page = sign_in(app.test_client(), authority).get(case.url)
            assert f"{case.url}/reopen" in page.text
            assert self.clock().due_at > now()
            assert self.clock().started_at > now() - HOUR

    def test_is_over_after_its_days_where_the_letter_came(self, app, case, smtp):
        authority = case.people.authority
        self.decline(case)
        send_all()
        with shifted(now() + timedelta(days=60)):
            page = sign_in(app.test_client(), authority).get(case.url)
            assert f"{case.url}/reopen" not in page.text
