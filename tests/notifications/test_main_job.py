"""A request's whole life by the verbs themselves: each person has exactly the notes due, in their language."""

import uuid
from collections import defaultdict

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as requests
from tests.factories.assistance import People
from tests.notifications.conftest import send_all
from tracker.assistance.handling import services
from tracker.assistance.lifecycle import Outcome
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import mailer, spool
from tracker.notifications.models import Delivery
from tracker.web.application import settings


@pytest.fixture
def people(app) -> People:
    """A State that works in French, with one officer and one manager in the office."""
    requests.reference_data()
    return People(
        of="CIV",
        kept={
            "focal_point": accounts.person("focal_point", of="CIV", language="fr"),
            "authorising_officer": accounts.person("authorising_officer", of="CIV", language="ar"),
            "triage_officer": accounts.person("triage_officer"),
            "programme_manager": accounts.person("programme_manager"),
        },
    )


def told() -> dict[str, list[str]]:
    """The names of the events that each recipient was mailed about, in order, without their prefix."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Delivery.recipient_key, Event.name)
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.channel == "email", Delivery.status == "sent")
        .order_by(Event.id)
    )
    found = defaultdict(list)
    for key, name in rows:
        found[key].append(name.removeprefix("assistance."))
    return dict(found)


def key_of(someone) -> str:
    return f"person:{someone.person_id}"


def test_from_draft_to_completion(people):
    case = requests.completed(people)
    send_all()
    assert told() == {
        key_of(people.drafter): [
            "submitted",
            "taken_up",
            "accepted",
            "activity_planned",
            "activity_planned",
            "implementation_started",
            "implementation_recorded",
            "completed",
        ],
        key_of(people.authority): [
            "authorisation_asked",
            "taken_up",
            "accepted",
            "activity_planned",
            "activity_planned",
            "implementation_started",
            "implementation_recorded",
            "completed",
        ],
        key_of(people.officer): ["submitted", "accepted", "implementation_started", "completed"],
        key_of(people.manager): ["decision_prepared"],
        f"address:{people.drafter.organisation_id}": ["accepted"],
    }
    letters = spool.letters(mailer.outbox(settings()))
    languages = {letter.to: letter.language for letter in letters}
    assert languages[people.drafter.email] == "fr"
    assert languages[people.authority.email] == "en", "there are no words in Arabic yet"
    assert languages[people.officer.email] == "en"
    assert all(case.now.reference in letter.subject for letter in letters)


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.REFERRED])
def test_a_decision_reaches_the_official_address(people, outcome):
    make = {Outcome.DECLINED: requests.declined, Outcome.REFERRED: requests.referred}[outcome]
    make(people)
    send_all()
    assert told()[f"address:{people.drafter.organisation_id}"] == [str(outcome)]


def test_questions_wait_for_the_state(people):
    requests.in_clarification(people)
    send_all()
    assert told()[key_of(people.drafter)][-1] == "clarification_asked"
    assert told()[key_of(people.authority)][-1] == "clarification_asked"
    assert "clarification_asked" not in told()[key_of(people.officer)]


def test_a_withdrawal_is_told_to_the_office(people):
    requests.withdrawn(people)
    send_all()
    assert told()[key_of(people.officer)] == ["submitted", "withdrawn"]
    assert told()[key_of(people.manager)] == ["withdrawn"]


def test_a_pile_of_work_is_told_once_to_who_gets_it(people):
    cases = [requests.in_review(people) for _ in range(3)]
    send_all()
    colleague = accounts.person("triage_officer")
    ids = [case.public_id for case in cases]
    services.bulk_assign(ids, actor=people.manager.actor, officer=uuid.UUID(colleague.public_id))
    send_all()
    assert told()[key_of(colleague)] == ["bulk_assigned"]
