"""Mail to addresses in every script: as far as the mail server takes them, and said where it does not."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.notifications.conftest import happen, mails, nobody_in_their_stead, point_at, send_all
from tests.notifications.test_delivering import free_port
from tests.services.people import sign_in
from tracker.accounts import services
from tracker.accounts.models import Invitation, Organisation, Person
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import mailer, spool
from tracker.web.application import settings


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def reached_at(case, address: str):
    """The drafter is reached there from now on."""
    with transaction():
        update_where(Person, Person.id == case.people.drafter.person_id, email=address)
    nobody_in_their_stead()


def test_a_domain_in_its_own_script_is_written_in_ascii_to_the_server(case, smtp):
    smtp.takes_smtputf8 = False
    reached_at(case, "jane@münchen.example.de")
    happen(case, "assistance.note_returned")
    send_all()
    (received,) = smtp.to("jane@xn--mnchen-3ya.example.de")
    assert received.message["To"] == "jane@xn--mnchen-3ya.example.de"


def test_letters_before_the_at_go_where_the_server_takes_them(case, smtp):
    reached_at(case, "петр@почта.рф")
    happen(case, "assistance.note_returned")
    send_all()
    (received,) = smtp.to("петр@xn--80a1acny.xn--p1ai")
    assert "петр@xn--80a1acny.xn--p1ai" in str(received.message["To"])
    assert {mail.status for mail in mails()} == {"sent"}


def test_letters_that_the_server_does_not_take_end_the_mail_at_once(app, case, smtp):
    smtp.takes_smtputf8 = False
    reached_at(case, "петр@почта.рф")
    happen(case, "assistance.note_returned")
    send_all()
    (mail,) = mails(person_id=case.people.drafter.person_id)
    assert (mail.status, mail.last_error) == ("failed", mailer.NO_SMTPUTF8)
    assert smtp.received  # others were told
    why = "A mail server on the way takes no letters such as those before the @."
    assert why in sign_in(app.test_client(), case.people.officer).get("/triage/deliveries").text
    told = app.test_cli_runner().invoke(args=["outbox", "status"]).output
    assert f"1 not sent: {why}" in told


def test_an_address_to_which_no_mail_can_go_ends_it_at_once(case, smtp):
    reached_at(case, "jane@no such place")
    happen(case, "assistance.note_returned")
    send_all()
    (mail,) = mails(person_id=case.people.drafter.person_id)
    assert (mail.status, mail.last_error, mail.tries) == ("failed", mailer.NO_ADDRESS, 0)


def test_a_mail_that_cannot_be_made_does_not_say_that_the_server_is_back(case, app, monkeypatch):
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    happen(case, "assistance.note_returned")
    send_all()
    waited = [mail.id for mail in mails() if mail.unreachable_at]
    reached_at(case, "jane@no such place")
    send_all(after=timedelta(minutes=1))
    (failed,) = mails(status="failed")
    assert failed.id in waited
    assert len(waited) > 1
    assert [mail.id for mail in mails() if mail.away_count == 2] == [number for number in waited if number != failed.id]
    mailer.close_connections()


def test_the_inviter_reads_that_an_invitation_did_not_arrive(app, smtp):
    smtp.takes_smtputf8 = False
    administrator = accounts.person("state_administrator", of="KEN")
    organisation = accounts.organisation("KEN")
    services.invite(
        organisation.public_id,
        actor=administrator.actor,
        email="Амина@Почта。рф",
        name="Amina",
        language="fr",
        roles=["focal_point"],
    )
    send_all()
    assert db.session.scalar(sa.select(Invitation.email)) == "амина@почта.рф"
    db.session.rollback()
    page = sign_in(app.test_client(), administrator).get(f"/organisations/{organisation.public_id}").text
    assert "A mail server on the way takes no letters such as those before the @." in page
    officer = sign_in(app.test_client(), accounts.person("triage_officer")).get("/triage/deliveries").text
    assert "амина@почта.рф" in officer
    smtp.takes_smtputf8 = True
    mailer.close_connections()
    invitation = db.session.scalars(sa.select(Invitation)).one()
    services.renew_invitation(invitation.public_id, actor=administrator.actor, version=None)
    send_all()
    page = sign_in(app.test_client(), administrator).get(f"/organisations/{organisation.public_id}").text
    assert "A mail server on the way" not in page


def test_answers_go_to_an_address_to_which_everybody_can_write(case, smtp):
    with transaction():
        update_where(Organisation, Organisation.kind == "office", official_email="büro@office.example.org")
    happen(case, "assistance.note_returned")
    send_all()
    assert {received.message["Reply-To"] for received in smtp.received} == {settings().mail_from}
    smtp.clear()
    with transaction():
        update_where(Organisation, Organisation.kind == "office", official_email="info@büro.example.org")
    happen(case, "assistance.taken_up")
    send_all()
    assert {received.message["Reply-To"] for received in smtp.received} == {"info@xn--bro-hoa.example.org"}


def test_the_mailbox_of_a_demonstration_shows_addresses_as_people_write_them(case):
    reached_at(case, "петр@почта.рф")
    happen(case, "assistance.note_returned")
    send_all()
    folder = mailer.outbox(settings())
    (letter,) = spool.letters(folder, "петр@почта.рф")
    assert spool.letter(folder, letter.name).text
