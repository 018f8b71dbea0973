"""From an invitation to a place: by mail, once, for a limited time."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.factories import reference as reference_data
from tracker.accounts import queries, services
from tracker.accounts.models import Invitation, Membership, Person
from tracker.calendar.now import now, shifted
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.events import Event
from tracker.extensions import db

ROLES = {"state": "focal_point", "donor": "donor_officer", "office": "auditor"}


def invite(by, *, email="amina@justice.example", roles=("focal_point",), of="KEN"):
    organisation = make.organisation(of)
    public_id = services.invite(
        organisation.public_id, actor=by.actor, email=email, name="Amina Diallo", language="fr", roles=roles
    )
    return db.session.scalars(sa.select(Invitation).where(Invitation.public_id == public_id)).one()


def path_of(invitation):
    link = queries.link_for_invitation(invitation.id)
    db.session.rollback()
    return urlsplit(link).path


def accept(client, path, **changes):
    data = {
        "name": "Amina Diallo",
        "language": "fr",
        "timezone": "Africa/Abidjan",
        "password": "quatre bateaux verts calmes",
    }
    return client.post(path, data=data | changes)


@pytest.fixture
def administrator(app):
    return make.person("state_administrator", of="KEN")


class TestInviting:
    def test_through_the_page_tells_by_an_event_with_ids_only(self, as_person, administrator, hidden):
        browser = as_person(administrator)
        url = f"/organisations/{administrator.organisation_public_id}/invite"
        sent = hidden(browser.get(url)) | {
            "name": "Amina Diallo",
            "email": "Amina@Justice.Example",
            "language": "fr",
            "office": "",
            "roles": ["focal_point"],
        }
        assert browser.post(url, data=sent).status_code == 302
        assert browser.post(url, data=sent).status_code == 302  # pressing twice is one act
        invitation = db.session.scalars(sa.select(Invitation)).one()
        assert (invitation.email, invitation.roles) == ("amina@justice.example", ["focal_point"])
        event = db.session.scalars(sa.select(Event).where(Event.name == "accounts.invited")).one()
        assert (event.subject_id, event.organisation_id) == (invitation.id, administrator.organisation_id)
        assert event.data == {"after": ["focal_point"]}

    def test_keeps_what_was_typed_when_something_is_wrong(self, as_person, administrator, hidden):
        browser = as_person(administrator)
        url = f"/organisations/{administrator.organisation_public_id}/invite"
        page = browser.post(url, data={"name": "Zoë <b>", "email": "not an address", "language": "fr", "office": ""})
        assert page.status_code == 422
        assert "Zoë &lt;b&gt;" in page.text
        assert "Choose at least one role." in page.text
        assert "Enter one e-mail address" in page.text

    def test_refuses_an_address_that_is_there_or_invited(self, administrator):
        invite(administrator)
        for email in ("AMINA@justice.example", administrator.email):
            with pytest.raises(Invalid):
                invite(administrator, email=email)

    @pytest.mark.parametrize("role", ["auditor", "triage_officer"])
    def test_gives_only_roles_of_the_kind(self, administrator, role):
        with pytest.raises(Invalid):
            invite(administrator, roles=[role])

    def test_a_donors_administrator_in_a_state_gives_donor_roles_only(self, app):
        by = make.person("donor_administrator", of="KEN")
        assert invite(by, roles=["donor_officer"]).roles == ["donor_officer"]
        with pytest.raises(Forbidden):
            invite(by, email="b@x.example", roles=["focal_point"])

    def test_foreign_is_absent_and_a_missing_role_is_refused(self, as_person, administrator):
        other = make.organisation("GHA")
        foreign, absent = f"/organisations/{other.public_id}/invite", f"/organisations/{administrator.public_id}/invite"
        browser = as_person(administrator)
        assert browser.get(foreign).status_code == browser.get(absent).status_code == 404
        focal_point = as_person(make.person("focal_point", of="KEN"))
        assert focal_point.get(f"/organisations/{administrator.organisation_public_id}/invite").status_code == 403
        with pytest.raises(NotFound):
            invite(administrator, of="GHA")


class TestAccepting:
    def test_opens_an_account_in_the_chosen_language(self, client, administrator):
        path = path_of(invite(administrator))
        assert client.get(path).status_code == 200
        assert accept(client, path).status_code == 302
        person = db.session.scalars(sa.select(Person).where(Person.email == "amina@justice.example")).one()
        assert (person.language, person.timezone) == ("fr", "Africa/Abidjan")
        page = client.get("/account")
        assert page.status_code == 200
        assert '<html lang="fr"' in page.text

    def test_works_once_and_only_the_hash_is_kept(self, app, client, administrator):
        invitation = invite(administrator)
        path = path_of(invitation)
        assert path.rsplit("/", 1)[1] not in str(invitation.token_hash)
        assert accept(client, path).status_code == 302
        assert accept(app.test_client(), path).status_code == 404
        assert len(db.session.scalars(sa.select(Membership)).all()) == 2

    @pytest.mark.parametrize("how", ["expired", "revoked", "renewed", "nonsense"])
    def test_an_old_link_says_what_to_do(self, client, administrator, how):
        invitation = invite(administrator)
        path, public_id = path_of(invitation), invitation.public_id
        db.session.rollback()
        moment = now()
        if how == "expired":
            moment += timedelta(days=15)
        elif how == "revoked":
            services.revoke_invitation(public_id, actor=administrator.actor, version=None)
        elif how == "renewed":
            services.renew_invitation(public_id, actor=administrator.actor, version=None)
        else:
            path = "/invitation/nonsense"
        with shifted(moment):
            answer = client.get(path)
            assert answer.status_code == 404
            assert "can no longer be used" in answer.text
            assert accept(client, path).status_code == 404

    def test_a_weak_password_is_refused_at_its_field(self, client, administrator):
        path = path_of(invite(administrator))
        for weak in ("short", "amina@justice.example", "Password1234", "aaaaaaaaaaaaaaa"):
            assert accept(client, path, password=weak).status_code == 422

    def test_somebody_with_an_account_proves_it_and_gets_another_place(self, client, administrator):
        known = make.person("donor_officer", email="amina@justice.example", password=make.PASSWORD)
        path = path_of(invite(administrator))
        assert "Password of your account" in client.get(path).text
        assert client.post(path, data={"password": "wrong wrong wrong"}).status_code == 422
        assert client.post(path, data={"password": make.PASSWORD}).status_code == 302
        codes = {row.organisation.code for row in queries.memberships_of(known.person_id)}
        assert codes == {"NORAD", "KEN"}

    def test_somebody_signed_in_only_confirms(self, as_person, administrator):
        known = make.person("donor_officer", email="amina@justice.example", password=make.PASSWORD)
        path = path_of(invite(administrator))
        browser = as_person(known)
        assert "Password of your account" not in browser.get(path).text
        assert browser.post(path).status_code == 302

    def test_the_letter_goes_to_the_invited_address(self, administrator):
        invitation = invite(administrator)
        recipient = queries.recipient_of_invitation(invitation.id)
        assert recipient == queries.Recipient(f"invite:{invitation.id}", "amina@justice.example", "fr", "Amina Diallo")


class TestFirstAdministrator:
    def test_comes_by_a_command_that_prints_a_link(self, app, client):
        result = app.test_cli_runner().invoke(
            args=["accounts", "create", "--email", "Root@Unodc.example", "--name", "First Administrator"]
        )
        assert result.exit_code == 0, result.output
        path = urlsplit(result.output.strip().rsplit("\n", 1)[1]).path
        assert accept(client, path, name="First Administrator").status_code == 302
        assert client.get("/settings/organisations").status_code == 200

    def test_says_in_a_sentence_what_is_wrong(self, app):
        run = app.test_cli_runner().invoke
        args = ["accounts", "create", "--email", "a@x.example", "--name", "A"]
        assert run(args=args).exit_code == 0
        again = run(args=args)
        assert again.exit_code == 1
        assert "invited already" in again.output
        assert "a donor" in run(args=[*args[:-1], "B", "--organisation", make.organisation("NORAD").code]).output
        assert "/invitation/" in run(args=["accounts", "link", "a@x.example"]).output

    @pytest.mark.parametrize(("email", "name"), [("root", "A"), ("a@b@c.example", "A"), ("a@x.example", "  ")])
    def test_needs_an_address_that_a_letter_can_reach_and_a_name(self, app, email, name):
        done = app.test_cli_runner().invoke(args=["accounts", "create", "--email", email, "--name", name])
        assert done.exit_code == 2
        assert "Enter" in done.output
        assert db.session.scalars(sa.select(Invitation)).all() == []

    def test_is_asked_again_after_a_slip(self, app):
        answers = "root\nroot@unodc.example\n \nFirst Administrator\n"
        done = app.test_cli_runner().invoke(args=["accounts", "create"], input=answers)
        assert done.exit_code == 0, done.output
        assert [row.email for row in db.session.scalars(sa.select(Invitation))] == ["root@unodc.example"]


@pytest.mark.parametrize(("kind", "zone"), [("ministry", "Africa/Nairobi"), ("mission", "Europe/Vienna")])
def test_offers_the_time_zone_of_the_capital_or_of_the_mission(app, client, kind, zone):
    reference_data.loaded()
    boss = make.person("state_administrator", of="KEN")
    place = make.office("KEN", "Some office", kind=kind)
    offered = services.invite(
        make.organisation("KEN").public_id,
        actor=boss.actor,
        email="zuri@ken.example",
        name="Zuri",
        language="en",
        roles=["focal_point"],
        office=place.public_id,
    )
    row = db.session.scalars(sa.select(Invitation).where(Invitation.public_id == offered)).one()
    page = client.get(path_of(row)).text
    assert f'<option selected value="{zone}">' in page
