"""Who is told of what, in which language, and who is not."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as requests
from tests.factories.assistance import People
from tests.notifications.conftest import happen, mails, send_all, states_of
from tracker.accounts.models import Membership, Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import queries, services
from tracker.notifications.catalogue import ALWAYS, CATALOGUE, KINDS
from tracker.notifications.models import Delivery


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def told_of(event_id: int) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id == event_id)))


def keys(*people) -> set[str]:
    return {f"person:{person.person_id}" for person in people}


def test_every_listed_event_has_its_rules_and_kind():
    from tracker.notifications.audience.rules import BY_WHAT_IS_SAID, MAILBOXES, RULES

    for name, notice in CATALOGUE.items():
        assert notice.kind in KINDS or notice.kind in ALWAYS, name
        assert notice.tell, name
        assert all(rule in (*RULES, *BY_WHAT_IS_SAID, *MAILBOXES) for rule in notice.tell), name


def test_decisions_also_go_to_the_official_address(case):
    event = happen(case, "assistance.accepted", actor=case.manager)
    services.dispatch()
    official = f"address:{case.now.organisation_id}"
    assert told_of(event) == keys(case.people.drafter, case.people.authority, case.people.officer) | {official}


def test_progress_does_not(case):
    event = happen(case, "assistance.taken_up", actor=case.officer)
    services.dispatch()
    assert told_of(event) == keys(case.people.drafter, case.people.authority)


def test_who_did_it_is_not_told(case):
    event = happen(case, "assistance.withdrawn", actor=case.authority)
    services.dispatch()
    assert told_of(event) == keys(case.people.drafter, case.people.officer, case.people.manager)


def test_strictly_confidential_work_without_an_officer_goes_to_managers(case):
    other = accounts.person("triage_officer")
    with transaction():
        update_where(
            AssistanceRequest,
            AssistanceRequest.id == case.now.id,
            marking="strictly_confidential",
            assigned_to_id=None,
        )
    event = happen(case, "assistance.submitted", actor=case.authority)
    services.dispatch()
    assert told_of(event) == keys(case.people.drafter, case.people.manager)
    assert not told_of(event) & keys(other, case.people.officer)


def test_a_strictly_confidential_journey_is_told_to_managers_instead_of_the_travel_desk(case):
    desk = accounts.person("travel_officer")
    with transaction():
        strict = AssistanceRequest.id == case.now.id
        update_where(AssistanceRequest, strict, marking="strictly_confidential")
    event = happen(case, "participation.payee_recorded", actor=accounts.person("finance_officer").actor)
    services.dispatch()
    assert told_of(event) == keys(case.people.manager)
    assert not told_of(event) & keys(desk)


def test_managers_hear_of_a_conflict_of_interest(case):
    event = happen(case, "assistance.recused", actor=case.officer, officer_id=case.people.officer.person_id)
    services.dispatch()
    assert told_of(event) == keys(case.people.manager)


def test_work_goes_to_the_officer_in_charge_else_to_all_triage_officers(case):
    other = accounts.person("triage_officer")
    first = happen(case, "assistance.answered", actor=case.drafter)
    services.dispatch()
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, assigned_to_id=other.person_id)
    later = happen(case, "assistance.answered", actor=case.drafter)
    services.dispatch()
    office = keys(case.people.officer, other)
    assert told_of(first) & office == office
    assert told_of(later) & office == keys(other)


def test_nobody_of_another_state_is_told(case):
    strangers = [
        accounts.person("focal_point", of="FRA"),
        accounts.person("authorising_officer", of="FRA"),
        accounts.person("donor_officer"),
    ]
    events = [happen(case, name) for name in CATALOGUE if name.startswith("assistance.")]
    services.dispatch()
    told = set().union(*(told_of(event) for event in events))
    assert told.isdisjoint(keys(*strangers))


def test_one_person_with_two_reasons_is_told_once(app):
    requests.reference_data()
    both = accounts.person("focal_point", "authorising_officer")
    case = requests.submitted(People(kept={"focal_point": both, "authorising_officer": both}))
    event = happen(case, "assistance.accepted")
    services.dispatch()
    assert len(mails(event_id=event, person_id=both.person_id)) == 1


class TestTheMomentOfSending:
    def test_decides_the_language(self, case, smtp):
        happen(case, "assistance.returned_to_draft")
        services.dispatch()
        with transaction():
            update_where(Person, Person.id == case.people.drafter.person_id, language="fr")
        send_all()
        assert smtp.received[0].message["Content-Language"] == "fr"

    def test_decides_the_address(self, case, smtp):
        happen(case, "assistance.returned_to_draft")
        services.dispatch()
        with transaction():
            update_where(Person, Person.id == case.people.drafter.person_id, email="new@ken.example")
        send_all()
        assert smtp.received[0].recipients == ("new@ken.example",)

    @pytest.mark.parametrize("what", ["membership", "person", "organisation"])
    def test_decides_the_right_to_know(self, case, smtp, what):
        drafter = case.people.drafter
        happen(case, "assistance.returned_to_draft")
        services.dispatch()
        with transaction():
            if what == "membership":
                update_where(Membership, Membership.id == drafter.membership_id, ended_at=now())
            elif what == "person":
                update_where(Person, Person.id == drafter.person_id, disabled_at=now())
            else:
                update_where(Organisation, Organisation.id == drafter.organisation_id, active=False)
        send_all()
        assert (states_of(), smtp.received) == (["suppressed"], [])

    def test_an_officer_loses_sight_of_what_became_strictly_confidential(self, case, smtp):
        happen(case, "assistance.answered", actor=case.drafter)
        services.dispatch()
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, marking="strictly_confidential")
        send_all()
        assert states_of(person_id=case.people.officer.person_id) == ["suppressed"]


class TestThePreview:
    def told(self, case, name, actor):
        row = db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()
        return queries.audience_in_words(name, row, actor)

    def test_names_the_same_people_as_the_dispatcher(self, case):
        row = db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()
        before = {recipient.key for recipient in queries.audience("assistance.declined", row, case.manager)}
        db.session.rollback()
        event = happen(case, "assistance.declined", actor=case.manager)
        services.dispatch()
        assert before == told_of(event)

    def test_gives_staff_names_and_languages(self, case):
        with transaction():
            update_where(Person, Person.id == case.people.drafter.person_id, language="fr")
        told = self.told(case, "assistance.declined", case.manager)
        assert (f"{case.people.drafter.name}, Kenya", "fr") in told
        assert ("Kenya, official address", "en") in told

    def test_says_once_in_which_languages_an_office_is_told(self, case):
        with transaction():
            update_where(Person, Person.id == case.people.manager.person_id, language="fr")
        told = self.told(case, "assistance.withdrawn", case.authority)
        assert [line for line in told if "UNODC" in line[0]] == [("UNODC", "English and French")]

    def test_does_not_name_the_office_people_to_a_state(self, case):
        told = self.told(case, "assistance.withdrawn", case.authority)
        assert (f"{case.people.drafter.name}, Kenya", "en") in told
        assert [line for line in told if "UNODC" in line[0]] == [("UNODC", "en")]


def test_what_is_recorded_in_a_demonstration_is_shown_but_not_mailed(case, smtp):
    with services.suppressed():
        event = happen(case, "assistance.note_returned")
    assert send_all() == 0
    assert states_of(event_id=event) == ["suppressed", "suppressed"]
    inside = db.session.scalars(sa.select(Delivery).where(Delivery.channel == "inapp")).all()
    assert {row.status for row in inside} == {"sent"}
    assert smtp.received == []


def test_an_event_nobody_is_told_of_is_only_marked(case):
    event = happen(case, "assistance.edited")
    services.dispatch()
    assert told_of(event) == set()
    assert db.session.get(Event, event) is not None
