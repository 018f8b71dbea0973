"""What an auditor opens: once for each thing, person and day, before it is shown, and where it is read."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, assistance
from tests.pledges.forms import words_of
from tests.rights.papers import file_of, note, paper
from tests.services.people import sign_in
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.fields import services as fields
from tracker.assistance.handling import services as handling
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.events.opening import FILE_OPENED, OPENED
from tracker.extensions import db

NOT_POSSIBLE = "What is opened here is written down first"
REFUSING = "CREATE TRIGGER nothing_new BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'nothing new'); END"
"""How the database is brought to take no new event."""


@pytest.fixture
def case(people):
    """A request in review, with its note verbale."""
    return assistance.in_review(people)


@pytest.fixture
def people(app):
    return assistance.People()


@pytest.fixture
def auditor(app):
    return accounts.person("auditor", of="UNODC", name="Ines Auditor")


@pytest.fixture
def auditors_browser(app, auditor):
    return sign_in(app.test_client(), auditor)


def recorded(name=OPENED) -> list[Event]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Event).where(Event.name == name).order_by(Event.id)))


def address_of(case) -> str:
    return f"/triage/requests/{case.public_id}"


def test_is_one_event_for_each_case_person_and_day(app, case, auditors_browser):
    for _time in range(2):
        assert auditors_browser.get(address_of(case)).status_code == 200
    other = sign_in(app.test_client(), accounts.person("auditor", of="UNODC"))
    assert other.get(address_of(case)).status_code == 200
    found = recorded()
    assert len({event.actor_person_id for event in found}) == len(found) == 2
    assert {(event.subject_type, event.subject_id) for event in found} == {("request", case.now.id)}
    with shifted(now() + timedelta(days=1)):
        auditors_browser.get(address_of(case))
    assert len(recorded()) == 3


def test_lists_are_not_written_down(auditors_browser, case):
    for address in ("/triage/queue", "/pledges", "/settings/people", "/settings/organisations", "/settings/opened"):
        assert auditors_browser.get(address).status_code == 200
    assert recorded() == []


@pytest.mark.engine("sqlite")  # on the other engine nobody but the owner of the table could do this
def test_nothing_is_shown_where_it_cannot_be_written(auditors_browser, case, people):
    try:
        with transaction() as session:
            session.execute(sa.text(REFUSING))
        refused = auditors_browser.get(address_of(case))
    finally:
        with transaction() as session:
            session.execute(sa.text("DROP TRIGGER nothing_new"))
    assert refused.status_code == 503
    assert NOT_POSSIBLE in refused.get_data(as_text=True)
    assert case.now.title not in refused.get_data(as_text=True)


def test_stands_in_the_cases_history_at_the_office_and_not_at_the_state(app, people, auditors_browser):
    case = assistance.complete(people)
    fields.attach(case.public_id, actor=case.drafter, upload=paper("law.pdf"))
    authorisation.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=note())
    auditors_browser.get(address_of(case))
    assert auditors_browser.get(f"/requests/{case.public_id}/files/{file_of(case)}").status_code == 200
    assert [event.subject_type for event in recorded(FILE_OPENED)] == ["file"]
    office = sign_in(app.test_client(), case.people.officer).get(address_of(case)).get_data(as_text=True)
    assert "Opened by an auditor" in office
    assert "A document was opened by an auditor" in office
    assert "Ines Auditor" in office
    state = sign_in(app.test_client(), case.people.drafter).get(f"/requests/{case.public_id}").get_data(as_text=True)
    assert "auditor" not in state


class TestTheList:
    def test_names_what_was_opened_and_by_whom(self, app, case, people, auditors_browser):
        person = case.people.drafter
        auditors_browser.get(address_of(case))
        auditors_browser.get(f"/settings/people/{person.public_id}")
        manager = sign_in(app.test_client(), accounts.person("programme_manager", of="UNODC"))
        words = words_of(manager.get("/settings/opened"))
        assert f"Ines Auditor Request {case.now.reference}" in words
        assert f"Ines Auditor Person {person.name}" in words
        assert "Ines Auditor" in words_of(manager.get(f"/settings/people/{person.public_id}"))

    def test_names_no_case_to_whom_it_is_kept_from(self, app, case, people, auditors_browser):
        manager = accounts.person("programme_manager", of="UNODC")
        auditors_browser.get(address_of(case))
        handling.recuse(case.public_id, actor=manager.actor, version=case.now.version, reason="We are related.")
        words = words_of(sign_in(app.test_client(), manager).get("/settings/opened"))
        assert "Ines Auditor Request –" in words
        assert case.now.reference not in words
