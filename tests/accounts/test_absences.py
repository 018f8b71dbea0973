"""Away until a day: what waits stands in two lists, messages go to both, and two persons stay two persons."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.factories import assistance as requests
from tests.pledges.forms import fields_of
from tracker.accounts import queries, services
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision
from tracker.assistance.drafting import services as drafting
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted, today
from tracker.desks.queries.state import desk_of
from tracker.errors import Conflict, Doubtful, Forbidden, Invalid, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.triage.queue import queries as queue
from tracker.triage.queue.filters import Filters

R = AssistanceRequest
WEEK = timedelta(days=7)


def away(someone, stand_in, *, until=None, **facts) -> None:
    place = uuid.UUID(stand_in.membership_public_id)
    services.begin_absence(actor=someone.actor, back_on=until or today() + WEEK, stand_in=place, **facts)


def mine(someone) -> set[int]:
    found = set(db.session.scalars(queue.narrowed(Filters(officer="me"), someone.actor, R.id)))
    db.session.rollback()
    return found


def last(name: str) -> Event:
    found = db.session.scalars(sa.select(Event).where(Event.name == name).order_by(Event.id.desc())).first()
    assert found is not None
    return found


def told_of(name: str) -> set[str]:
    event = last(name).id
    notifications.dispatch()
    db.session.rollback()
    return set(db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id == event)))


def key(someone) -> str:
    return f"person:{someone.person_id}"


def assigned(case, someone) -> None:
    handling.assign(case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(someone.public_id))


@pytest.fixture
def case(app):
    """A request in the hands of an officer."""
    found = requests.in_review()
    assigned(found, found.people.officer)
    return found


@pytest.fixture
def colleague(app):
    return make.person("triage_officer", name="Zoe Colleague")


class TestThePage:
    def test_says_who_stands_in_until_when_and_ends_it(self, as_person, hidden, colleague):
        anna = make.person("triage_officer", name="Anna Away")
        browser = as_person(anna)
        back = today() + WEEK
        day = {"back_on-day": back.day, "back_on-month": back.month, "back_on-year": back.year}
        page = browser.get("/account/absence")
        sent = hidden(page) | day | {"stand_in": colleague.membership_public_id}
        assert browser.post("/account/absence", data=sent).status_code == 302
        assert "Zoe Colleague" in browser.get("/account/absence").text
        assert "Anna Away" in as_person(colleague).get("/account/absence").text
        root = as_person(make.person("administrator"))
        page = root.get(f"/settings/people/{anna.public_id}").text
        assert "Zoe Colleague stands in" in " ".join(page.split())
        ended = fields_of(browser.get("/account/absence").text)
        assert browser.post("/account/absence/end", data=ended).status_code == 302
        assert queries.absence_of(anna.membership_id) is None

    def test_takes_no_day_that_is_over_and_nobody_of_another_role(self, as_person, hidden, colleague):
        anna, manager = make.person("triage_officer"), make.person("programme_manager")
        with pytest.raises(Invalid):
            away(anna, colleague, until=today())
        with pytest.raises(Invalid):
            away(anna, colleague, until=today() + timedelta(days=400))
        for nobody in (manager, anna, make.person("focal_point", of="GHA")):
            with pytest.raises(Invalid):
                away(anna, nobody)
        browser = as_person(anna)
        refused = browser.post("/account/absence", data=hidden(browser.get("/account/absence")))
        assert refused.status_code == 422

    def test_nobody_is_away_twice_nor_stands_in_while_away(self, colleague):
        anna, boris = make.person("triage_officer"), make.person("triage_officer")
        away(anna, colleague)
        with pytest.raises(Conflict):
            away(anna, boris)
        with pytest.raises(Invalid):
            away(boris, anna)
        with pytest.raises(Doubtful):
            away(colleague, boris)
        away(colleague, boris, sure=True)


class TestWhatWaits:
    def test_stands_in_both_lists(self, case, colleague):
        assert (mine(case.people.officer), mine(colleague)) == ({case.now.id}, set())
        away(case.people.officer, colleague)
        assert mine(case.people.officer) == mine(colleague) == {case.now.id}

    def test_until_the_day_and_no_longer(self, case, colleague):
        away(case.people.officer, colleague)
        with shifted(now() + WEEK - timedelta(days=1)):
            assert mine(colleague) == {case.now.id}
        with shifted(now() + WEEK):
            assert mine(colleague) == set()
            away(case.people.officer, colleague, until=today() + WEEK)

    def test_messages_go_to_both(self, case, colleague):
        away(case.people.officer, colleague)
        authorisation.withdraw(
            case.public_id, actor=case.authority, version=case.version, reason="The project is funded elsewhere."
        )
        assert {key(case.people.officer), key(colleague)} <= told_of("assistance.withdrawn")

    def test_who_stands_in_is_told(self, case, colleague):
        away(case.people.officer, colleague)
        assert told_of("accounts.absence_begun") == {key(colleague)}

    def test_the_drafts_of_a_focal_point_too(self, app):
        drafted = requests.draft(title="Forensic laboratory")
        other = make.person("focal_point", of="KEN", in_office=make.office("KEN", "Coast office"))
        assert desk_of(other.actor).drafts == []
        db.session.rollback()
        away(drafted.people.drafter, other)
        assert [row.title for row in desk_of(other.actor).drafts] == ["Forensic laboratory"]
        db.session.rollback()

    def test_what_is_strictly_confidential_stays_with_whom_it_was_given(self, colleague):
        strict = requests.submitted(marking="strictly_confidential")
        assigned(strict, strict.people.officer)
        away(strict.people.officer, colleague)
        assert mine(colleague) == set()
        with pytest.raises(NotFound):
            handling.add_note(strict.public_id, actor=colleague.actor, body="Seen.")


class TestTwoPersons:
    def test_whoever_stands_in_does_not_sign_what_they_prepared_in_the_others_stead(self, case):
        manager = case.people.manager
        other = make.person("programme_manager")
        assigned(case, manager)
        away(manager, other)
        proposal = decision.Proposal(outcome=Outcome.DECLINED, reasons="Outside the mandate.")
        prepared = decision.prepare_decision(case.public_id, actor=other.actor, version=case.version, proposal=proposal)
        assert last("assistance.decision_prepared").data["for_id"] == manager.person_id
        with pytest.raises(Forbidden):
            decision.sign_decision(
                case.public_id, actor=other.actor, version=case.version, decision=uuid.UUID(prepared)
            )

    def test_nor_releases_what_they_wrote_in_the_drafters_stead(self, app):
        people = requests.People()
        people.kept["focal_point"] = make.person("focal_point", "authorising_officer", of="KEN")
        other = make.person("authorising_officer", of="KEN")
        case = requests.complete(people)
        away(people.drafter, other)
        drafting.edit(
            case.public_id, actor=other.actor, version=case.version, step="need", values={"title": "Another title"}
        )
        assert last("assistance.edited").data["for_id"] == people.drafter.person_id
        authorisation.ask_authorisation(case.public_id, actor=other.actor, version=case.version)
        with pytest.raises(Forbidden):
            authorisation.submit(case.public_id, actor=other.actor, version=case.version, note=requests.note())

    def test_the_history_says_who_acted_and_for_whom(self, case, colleague, as_person):
        away(case.people.officer, colleague)
        handling.add_note(case.public_id, actor=colleague.actor, body="Called the mission.")
        page = as_person(colleague).get(f"/triage/requests/{case.public_id}").text
        assert f"Zoe Colleague, for {case.people.officer.name}" in page

    def test_no_role_moves(self, case, colleague):
        away(case.people.officer, colleague)
        assert colleague.actor.roles == {"triage_officer"}


class TestWhoLeaves:
    def test_while_standing_in_hands_that_over_too(self, case, colleague):
        root, third = make.person("administrator"), make.person("triage_officer")
        away(case.people.officer, colleague)
        services.end_membership(
            uuid.UUID(colleague.membership_public_id), actor=root.actor, version=1, successor=third.membership_public_id
        )
        assert mine(third) == {case.now.id}
        assert {key(third), key(case.people.officer)} <= told_of("accounts.stand_in_changed")

    def test_without_a_successor_tells_the_one_who_is_away(self, case, colleague):
        root = make.person("administrator")
        away(case.people.officer, colleague)
        services.end_membership(
            uuid.UUID(colleague.membership_public_id), actor=root.actor, version=1, successor=services.GROUP
        )
        assert queries.absence_of(case.people.officer.membership_id) is None
        assert key(case.people.officer) in told_of("accounts.absence_ended")
