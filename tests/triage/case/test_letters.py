"""The office reads which mail about a request went to whom, when, in which language, with what outcome and text."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.people import sign_in
from tracker.accounts.models import Person
from tracker.assistance.handling import services as handling
from tracker.assistance.models import AssistanceRequest
from tracker.calendar import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.models import Delivery, Preference


@pytest.fixture
def case(people):
    """A request in review whose drafter reads French, all mail of which is away."""
    case = make.submitted(people)
    with transaction():
        update_where(Person, Person.id == case.people.drafter.person_id, language="fr")
    services.sweep()
    while services.deliver():
        pass
    return case


def letter_to(someone) -> uuid.UUID:
    found = sa.select(Delivery.public_id).where(
        Delivery.person_id == someone.person_id, Delivery.channel == "email", Delivery.status == "sent"
    )
    number = db.session.scalars(found.order_by(Delivery.id.desc())).first()
    db.session.rollback()
    return number


def test_the_case_says_who_was_written_to(app, case):
    for reader in (case.people.officer, accounts.person("auditor")):
        page = sign_in(app.test_client(), reader).get(f"/triage/requests/{case.public_id}").text
        mail = page.partition("Mail about this request")[2]
        assert f"{case.people.drafter.name}, Kenya" in mail
        assert "French" in mail
        assert "Sent" in mail


def test_a_mail_is_made_again_as_it_was_sent(app, case):
    officer = sign_in(app.test_client(), case.people.officer)
    letter = letter_to(case.people.drafter)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)  # no longer what was told
    page = officer.get(f"/triage/requests/{case.public_id}/letters/{letter}").text
    told = page.split("<pre")[1].replace("\xa0", " ").replace("\u202f", " ")
    assert case.now.reference in told
    assert "Statut : Reçue par l’ONUDC" in told
    assert "No text of a mail is kept." in page


def test_what_is_strictly_confidential_says_only_that_a_message_waits(app, case):
    letter = letter_to(case.people.authority) or letter_to(case.people.drafter)
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.public_id == case.public_id, marking="strictly_confidential")
    address = f"/triage/requests/{case.public_id}/letters/{letter}"
    page = sign_in(app.test_client(), case.people.manager).get(address).text
    assert case.now.reference not in page.split("<pre")[1].split("</pre>")[0]
    assert sign_in(app.test_client(), accounts.person("triage_officer")).get(address).status_code == 404


def test_a_mail_about_another_request_is_not_there(app, case, people):
    other = make.in_review(people)
    letter = letter_to(case.people.drafter)
    officer = sign_in(app.test_client(), case.people.officer)
    assert officer.get(f"/triage/requests/{case.public_id}/letters/{letter}").status_code == 200
    assert officer.get(f"/triage/requests/{other.public_id}/letters/{letter}").status_code == 404
    assert officer.get(f"/triage/requests/{case.public_id}/letters").status_code == 200


def test_a_delivery_that_failed_names_its_request(app, case):
    with transaction():
        update_where(Delivery, Delivery.channel == "email", status="failed")
    officer = sign_in(app.test_client(), case.people.officer).get("/triage/deliveries").text
    assert f'href="/triage/requests/{case.public_id}"' in officer
    assert case.now.reference in officer
    administrator = sign_in(app.test_client(), accounts.person("administrator")).get("/triage/deliveries").text
    assert case.now.reference not in administrator


def test_a_line_of_a_digest_says_that_it_was_one(app, people):
    with transaction() as session:
        session.add(Preference(person_id=people.officer.person_id, kind="requests", cadence="daily"))
    case = make.submitted(people)
    services.sweep()
    with now.shifted(now.now() + timedelta(days=2)):
        while services.deliver():
            pass
    letter = letter_to(people.officer)
    officer = sign_in(app.test_client(), people.officer)
    page = officer.get(f"/triage/requests/{case.public_id}/letters/{letter}").text
    assert "It was one line of a digest" in page
    assert f"- {case.now.reference}" in page
    assert "Status: " in page.split("<pre")[1]


def test_what_was_not_sent_is_shown_as_it_would_be_written(app, people):
    case = make.submitted(people)
    services.sweep()
    officer = sign_in(app.test_client(), people.officer)
    letter = db.session.scalar(sa.select(Delivery.public_id).where(Delivery.channel == "email").limit(1))
    page = officer.get(f"/triage/requests/{case.public_id}/letters/{letter}").text
    assert "It was not sent. This is how it would be written." in page
    assert "No text of a mail is kept." not in page


def test_a_request_about_which_nobody_was_written_to_says_so(app, people):
    case = make.submitted(people)
    services.sweep()
    with transaction():
        db.session.execute(sa.delete(Delivery))
    auditor = sign_in(app.test_client(), accounts.person("auditor"))
    assert (
        "Nobody was written to about this request yet."
        in auditor.get(f"/triage/requests/{case.public_id}/letters").text
    )
