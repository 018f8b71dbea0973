"""Who leaves hands over first: nothing stays in the name of somebody who is gone, and nobody goes unseen."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.factories import assistance as requests
from tests.factories import pledges
from tests.pledges.forms import fields_of
from tests.services.statements import statements
from tracker.accounts import services
from tracker.accounts.models import Person
from tracker.assistance.handling import services as handling
from tracker.assistance.models import AssistanceRequest, CoDrafter
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.desks.queries.state import desk_of
from tracker.errors import Doubtful, Forbidden, Invalid
from tracker.events import Event
from tracker.events.models import EventLink
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.triage.queue import queries as queue
from tracker.triage.queue.filters import Filters

R = AssistanceRequest


@pytest.fixture
def root(app):
    return make.person("administrator")


def place_of(someone) -> uuid.UUID:
    return uuid.UUID(someone.membership_public_id)


def end(someone, by, successor=None, **facts):
    return services.end_membership(place_of(someone), actor=by.actor, version=1, successor=successor, **facts)


def disable(someone, by, successor=None, **facts):
    return services.disable_person(
        uuid.UUID(someone.public_id), actor=by.actor, version=1, successor=successor, **facts
    )


def assigned(case, someone) -> None:
    handling.assign(case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(someone.public_id))


def last(name: str) -> Event:
    found = db.session.scalars(sa.select(Event).where(Event.name == name).order_by(Event.id.desc())).first()
    assert found is not None
    return found


def told_of(event: Event) -> set[str]:
    notifications.dispatch()
    db.session.rollback()
    return set(db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id == event.id)))


def key(someone) -> str:
    return f"person:{someone.person_id}"


class TestTheOffice:
    def test_the_page_counts_what_waits_and_asks_who_takes_it_over(self, root, as_person, hidden):
        case = requests.in_review()
        colleague = make.person("triage_officer", name="Zoe Colleague")
        assigned(case, case.people.officer)
        url = f"/memberships/{place_of(case.people.officer)}/end"
        browser = as_person(root)
        page = browser.get(url)
        assert "Requests assigned to this person: 1" in page.text
        assert "Zoe Colleague" in page.text
        refused = browser.post(url, data=hidden(page))
        assert refused.status_code == 422
        assert "Choose who takes over" in refused.text
        assert case.now.assigned_to_id == case.people.officer.person_id
        sent = hidden(page) | {"successor": colleague.membership_public_id}
        assert browser.post(url, data=sent).status_code == 302
        assert case.now.assigned_to_id == colleague.person_id

    def test_each_request_has_its_event_and_the_successor_is_told(self, root):
        case, colleague = requests.in_review(), make.person("triage_officer")
        assigned(case, case.people.officer)
        disable(case.people.officer, root, colleague.membership_public_id)
        event = last("assistance.handed_over")
        linked = db.session.scalars(sa.select(EventLink.subject_id).where(EventLink.event_id == event.id)).all()
        assert linked == [case.now.id]
        assert event.data["officer_id"] == colleague.person_id
        assert key(colleague) in told_of(event)

    def test_the_group_gets_what_has_no_successor_and_is_told(self, root):
        case, colleague = requests.in_review(), make.person("triage_officer")
        assigned(case, case.people.officer)
        disable(case.people.officer, root, services.GROUP)
        assert case.now.assigned_to_id is None
        assert key(colleague) in told_of(last("assistance.left_without_officer"))

    def test_what_the_successor_may_not_have_goes_to_the_group(self, root):
        case, colleague = requests.in_review(), make.person("triage_officer")
        assigned(case, case.people.officer)
        handling.recuse(case.public_id, actor=colleague.actor, version=case.version, reason="A cousin asks.")
        disable(case.people.officer, root, colleague.membership_public_id)
        assert case.now.assigned_to_id is None

    def test_two_hundred_requests_cost_what_one_costs(self, root):
        people, colleague = requests.People(), make.person("triage_officer")
        cases = [requests.in_review(people)]

        def seen(number: int) -> int:
            leaver = make.person("triage_officer")
            with transaction():
                update_where(R, R.id.in_(sa.select(R.id).limit(number)), assigned_to_id=leaver.person_id)
            with statements() as asked:
                end(leaver, root, colleague.membership_public_id)
            moved = sa.select(sa.func.count()).where(R.assigned_to_id == colleague.person_id)
            assert db.session.scalar(moved) == number
            db.session.rollback()
            return len(asked)

        one = seen(1)
        cases += [requests.in_review(people) for _ in range(9)]
        with transaction() as session:  # copies of the rows: it is their number that counts here
            wide = [column for column in R.__table__.columns if column.name not in ("id", "public_id", "public_number")]
            row = session.execute(sa.select(*wide).where(R.public_id == cases[0].public_id)).mappings().one()
            more = [dict(row) | {"reference": f"TA-2026-KEN-{n}", "reference_number": n} for n in range(300, 490)]
            session.execute(sa.insert(R), more)
        assert seen(200) == one

    def test_a_lost_role_hands_over_as_leaving_does(self, root, as_person, hidden):
        case = requests.in_review()
        assigned(case, case.people.officer)
        officer = case.people.officer
        assert make.person("triage_officer")
        url = f"/memberships/{place_of(officer)}"
        browser = as_person(root)
        page = browser.get(url)
        assert "Only for what the roles above leave to nobody" in page.text
        sent = hidden(page) | {"roles": ["auditor"], "title": "X", "office": ""}
        assert browser.post(url, data=sent).status_code == 422
        assert officer.actor.roles == {"triage_officer"}
        with pytest.raises(Invalid):
            services.change_membership(place_of(officer), actor=root.actor, version=1, roles=["finance_officer"])
        services.change_membership(
            place_of(officer), actor=root.actor, version=1, roles=["finance_officer"], successor=services.GROUP
        )
        assert case.now.assigned_to_id is None

    def test_another_title_asks_for_no_successor(self, root):
        case = requests.in_review()
        assigned(case, case.people.officer)
        place, roles = place_of(case.people.officer), ["triage_officer"]
        services.change_membership(place, actor=root.actor, version=1, roles=roles, title="Head of unit")
        assert case.now.assigned_to_id == case.people.officer.person_id

    def test_somebody_of_another_organisation_is_no_successor(self, root):
        case, stranger = requests.in_review(), make.person("focal_point", of="GHA")
        assigned(case, case.people.officer)
        assert make.person("triage_officer")
        with pytest.raises(Invalid):
            end(case.people.officer, root, stranger.membership_public_id)

    def test_who_was_gone_before_is_in_nobodys_name(self, app):
        """People whom an earlier version disabled: their requests stand among those that nobody has."""
        case = requests.in_review()
        assigned(case, case.people.officer)
        with transaction():
            update_where(Person, Person.id == case.people.officer.person_id, disabled_at=now())
        nobodys = queue.bounded_count(Filters(officer="nobody"), case.manager)
        assert db.session.scalar(sa.select(nobodys)) == 1
        db.session.rollback()
        other = make.person("triage_officer")
        handling.assign(case.public_id, actor=other.actor, version=case.version, officer=uuid.UUID(other.public_id))
        assert case.now.assigned_to_id == other.person_id

    def test_nobody_is_assigned_who_goes_at_the_same_moment(self, root):
        case, other = requests.submitted(), make.person("triage_officer")
        with transaction():
            update_where(R, R.public_id == case.public_id, assigned_to_id=other.person_id)
            update_where(Person, Person.id == other.person_id, disabled_at=now())
        handling.take_up(case.public_id, actor=case.officer, version=case.version)
        assert case.now.assigned_to_id == case.people.officer.person_id


class TestTheLastHolder:
    def test_a_state_cannot_lose_its_last_authority_unseen(self, root, as_person, hidden):
        case = requests.awaiting_authorisation()
        boss = make.person("state_administrator", of="KEN")
        with pytest.raises(Forbidden) as refused:
            end(case.people.authority, boss, services.GROUP)
        assert "Requests that wait for their authority" in str(refused.value)
        assert make.person("authorising_officer", of="KEN")
        end(case.people.authority, boss, services.GROUP)

    def test_an_administrator_of_the_office_is_asked_once_more(self, root, as_person, hidden):
        case = requests.awaiting_authorisation()
        assert case.people.authority
        with pytest.raises(Doubtful):
            end(case.people.authority, root)
        url, browser = f"/memberships/{place_of(case.people.authority)}/end", as_person(root)
        sent = hidden(browser.get(url))
        first = browser.post(url, data=sent)
        assert first.status_code == 422
        assert "this waits for it" in first.text
        assert browser.post(url, data=sent | fields_of(first.text)).status_code == 302

    def test_then_the_offices_list_says_it(self, root, as_person):
        case = requests.awaiting_authorisation()
        assert case.people.authority
        browser = as_person(root)
        title = "Waits for a role that nobody holds"
        assert title not in browser.get("/settings/roles").text
        end(case.people.authority, root, sure=True)
        page = browser.get("/settings/roles").text
        assert title in page
        assert "Requests that wait for their authority" in page

    def test_a_donor_keeps_who_signs(self, root):
        people = pledges.people()
        pledges.offered(people)
        with pytest.raises(Doubtful):
            end(people.signatory, root)


class TestTheState:
    def test_a_successor_reads_the_drafts_and_is_told(self, root):
        case = requests.draft(title="Forensic laboratory")
        colleague = make.person("focal_point", of="KEN", in_office=make.office("KEN", "Coast office"))
        boss = make.person("state_administrator", of="KEN")
        with pytest.raises(Invalid):
            end(case.people.drafter, boss)
        end(case.people.drafter, boss, colleague.membership_public_id)
        assert [row.title for row in desk_of(colleague.actor).drafts] == ["Forensic laboratory"]
        db.session.rollback()
        assert db.session.scalar(sa.select(CoDrafter.person_id)) == colleague.person_id
        assert key(colleague) in told_of(last("assistance.drafts_passed_on"))
        assert case.now.drafter_id == case.people.drafter.person_id

    def test_without_one_the_office_and_the_authority_go_on(self, root):
        case = requests.draft(title="Forensic laboratory")
        authority = case.people.authority
        end(case.people.drafter, root, services.GROUP)
        assert [row.title for row in desk_of(authority.actor).drafts] == ["Forensic laboratory"]
        db.session.rollback()
        assert key(authority) in told_of(last("assistance.left_by_drafter"))
