"""Addresses in every script at the doors of accounts: one mailbox is one person, however it is written."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tracker.accounts import queries, services
from tracker.accounts.models import Invitation, Organisation, Person
from tracker.database.transactions import transaction, update_where
from tracker.errors import Invalid
from tracker.extensions import db

KEPT, ALIKE = "müller@münchen.example.de", "Mu\u0308ller＠XN--MNCHEN-3YA。example.de"


@pytest.fixture
def administrator(app):
    return make.person("state_administrator", of="KEN", password=make.PASSWORD)


def invite(by, email):
    values = {"name": "Karl Müller", "language": "en", "roles": ["focal_point"]}
    return services.invite(uuid.UUID(by.organisation_public_id), actor=by.actor, email=email, **values)


def test_an_invitation_keeps_one_form(as_person, administrator, hidden):
    browser = as_person(administrator)
    url = f"/organisations/{administrator.organisation_public_id}/invite"
    typed = {"name": "Karl Müller", "email": f" {ALIKE} ", "language": "en", "office": "", "roles": ["focal_point"]}
    assert browser.post(url, data=hidden(browser.get(url)) | typed).status_code == 302
    assert db.session.scalar(sa.select(Invitation.email)) == KEPT


def test_a_mailbox_is_not_invited_twice(administrator):
    invite(administrator, KEPT)
    with pytest.raises(Invalid):
        invite(administrator, ALIKE)


@pytest.mark.parametrize("email", ["karl@☃.example.org", "ü" * 33 + "@example.org", "karl@example"])
def test_an_address_to_which_no_mail_can_go_is_refused_in_a_sentence(as_person, administrator, hidden, email):
    browser = as_person(administrator)
    url = f"/organisations/{administrator.organisation_public_id}/invite"
    typed = {"name": "Karl Müller", "email": email, "language": "en", "office": "", "roles": ["focal_point"]}
    answer = browser.post(url, data=hidden(browser.get(url)) | typed)
    assert answer.status_code == 422
    assert "Enter one e-mail address, for example name@ministry.example." in answer.text
    assert email in answer.text


def test_one_signs_in_with_any_form_of_one_s_address(client, administrator):
    with transaction():
        update_where(Person, Person.id == administrator.person_id, email=KEPT)
    signed_in = client.post("/sign-in", data={"email": ALIKE, "password": make.PASSWORD})
    assert signed_in.status_code == 302
    assert queries.person_by_email(KEPT).id == administrator.person_id


def test_people_are_found_by_a_piece_of_either_form(as_person, administrator):
    with transaction():
        update_where(Person, Person.id == administrator.person_id, email=KEPT)
    office = as_person(make.person("administrator"))
    for piece in ("münchen", "xn--mnchen-3ya.example.de", "MÜLLER"):
        assert administrator.name in office.get("/settings/people", query_string={"q": piece}).text


def test_an_official_address_keeps_one_form(app):
    services.add_organisation(
        actor=make.person("administrator").actor, kind="donor", code="MUC", name="Munich", official_email=ALIKE
    )
    assert db.session.scalar(sa.select(Organisation.official_email).where(Organisation.code == "MUC")) == KEPT


def test_the_check_names_whose_address_another_has_in_another_form(app, administrator):
    other = make.person("focal_point", of="KEN")
    with transaction():
        update_where(Person, Person.id == administrator.person_id, email=KEPT)
        update_where(Person, Person.id == other.person_id, email="müller@xn--mnchen-3ya.example.de")
    assert queries.addresses_in_another_form() == ["müller@xn--mnchen-3ya.example.de"]
    told = app.test_cli_runner().invoke(args=["setup", "check"]).output
    assert "Others have müller@xn--mnchen-3ya.example.de in another form" in told
