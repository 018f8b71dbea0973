"""Giving roles: never to oneself, never what does not go together, never unseen."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.notifications.conftest import send_all
from tracker.accounts import queries, services
from tracker.accounts.models import Invitation
from tracker.accounts.roles import clash
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db

OFFICE = ("triage_officer", "programme_manager", "finance_officer")


def change(whom, by, *roles, version=1):
    return services.change_membership(
        uuid.UUID(whom.membership_public_id), actor=by.actor, version=version, roles=roles
    )


def invite(by, email, *roles, of):
    return services.invite(
        make.organisation(of).public_id, actor=by.actor, email=email, name="Zuri", language="en", roles=roles
    )


def token_of(public_id):
    link = queries.link_for_invitation(
        db.session.scalar(sa.select(Invitation.id).where(Invitation.public_id == public_id))
    )
    db.session.rollback()
    return link.rsplit("/", 1)[1].partition("?")[0]


class TestOneself:
    @pytest.mark.parametrize(
        ("held", "wanted", "of"),
        [
            ("administrator", "auditor", "UNODC"),
            ("state_administrator", "authorising_officer", "KEN"),
            ("state_administrator", "donor_signatory", "KEN"),
            ("donor_administrator", "donor_signatory", "NORAD"),
        ],
    )
    def test_nobody_raises_themselves(self, app, held, wanted, of):
        someone = make.person(held, of=of)
        with pytest.raises(Forbidden) as refused:
            change(someone, someone, held, wanted)
        assert refused.value.refusal.code == "oneself"
        assert someone.actor.roles == {held}

    def test_an_administrator_takes_no_seat_in_a_state_or_with_a_donor(self, app):
        root = make.person("administrator")
        for of, role in (("KEN", "authorising_officer"), ("NORAD", "donor_signatory")):
            with pytest.raises(Forbidden):
                invite(root, root.email.upper(), role, of=of)

    def test_whoever_has_two_roles_gives_one_back(self, app):
        someone = make.person("state_administrator", "focal_point")
        change(someone, someone, "state_administrator")
        assert someone.actor.roles == {"state_administrator"}

    def test_the_page_says_so_and_changes_nothing(self, as_person, hidden):
        root = make.person("administrator")
        browser, url = as_person(root), f"/memberships/{root.membership_public_id}"
        sent = hidden(browser.get(url)) | {"roles": ["administrator", "auditor"], "office": ""}
        answer = browser.post(url, data=sent)
        assert answer.status_code == 403
        assert "You cannot give a role to yourself." in answer.text


class TestWhatGoesTogether:
    @pytest.mark.parametrize("role", [*OFFICE, "focal_point", "donor_signatory"])
    def test_an_administrator_decides_and_pays_nothing(self, role):
        assert clash({"administrator", role}, {"office"}) is not None
        assert clash({"administrator", "auditor"}, {"office"}) is None

    def test_people_of_the_office_have_no_place_in_a_state(self):
        assert clash({"auditor", "focal_point"}, {"office", "state"}) is not None
        assert clash(set(OFFICE), {"office"}) is None
        assert clash({"donor_officer", "focal_point"}, {"donor", "state"}) is None

    def test_the_page_keeps_what_was_typed(self, as_person, hidden):
        root, auditor = make.person("administrator"), make.person("auditor")
        browser, url = as_person(root), f"/memberships/{auditor.membership_public_id}"
        sent = hidden(browser.get(url)) | {
            "roles": ["administrator", "finance_officer"],
            "title": "Clerk",
            "office": "",
        }
        answer = browser.post(url, data=sent)
        assert answer.status_code == 422
        assert "An administrator of the office can be its auditor as well, and nothing else." in answer.text
        assert 'value="Clerk"' in answer.text
        assert auditor.actor.roles == {"auditor"}

    def test_not_through_another_place_either(self, app):
        root, officer = make.person("administrator"), make.person("triage_officer", email="o@unodc.example")
        with pytest.raises(Invalid):
            invite(root, "O@unodc.example", "focal_point", of="KEN")
        drafter = make.person("focal_point", of="KEN")
        with pytest.raises(Invalid):
            invite(root, drafter.email, "auditor", of="UNODC")
        assert officer.actor.roles == {"triage_officer"}

    def test_nor_by_two_invitations(self, app):
        root = make.person("administrator")
        invite(root, "zuri@ken.example", "focal_point", of="KEN")
        with pytest.raises(Invalid):
            invite(root, "zuri@ken.example", "auditor", of="UNODC")

    def test_nor_by_a_place_that_came_while_the_invitation_lay_there(self, app):
        root = make.person("administrator")
        token = token_of(invite(root, "zuri@ken.example", "focal_point", of="KEN"))
        make.person("triage_officer", email="zuri@ken.example")
        with pytest.raises(Conflict):
            services.accept_invitation(token, language="en", password_hash="x")


class TestBeingTold:
    def test_every_administrator_and_auditor_hears_and_reads_who_it_was(self, as_person, smtp):
        root, second = make.person("administrator", name="Root"), make.person("administrator")
        auditor, officer = make.person("auditor"), make.person("triage_officer")
        boss, anna = make.person("state_administrator", name="Boss"), make.person("focal_point", name="Anna Karanja")
        change(anna, boss, "state_administrator")
        send_all()
        for watcher in (root, second, auditor):
            assert [mail.subject for mail in smtp.to(watcher.email)] == ["Somebody's roles were changed"]
            page = as_person(watcher).get("/settings/roles").text
            assert "Anna Karanja" in page
            assert "Boss" in page
        assert [mail.subject for mail in smtp.to(anna.email)] == ["Your roles were changed"]
        assert smtp.to(officer.email) == []
        assert as_person(officer).get("/settings/roles").status_code == 403

    def test_nobody_else_gets_the_link_of_an_invitation(self, app, smtp):
        root = make.person("administrator")
        invite(root, "zuri@ken.example", "focal_point", of="KEN")
        send_all()
        (own,), (told,) = smtp.to("zuri@ken.example"), smtp.to(root.email)
        assert "/invitation/" in own.text
        assert "/invitation/" not in told.text
        assert told.subject == "Somebody was invited"
        assert "zuri" not in told.text.lower()

    def test_the_page_of_changes_goes_on(self, as_person):
        boss, anna = make.person("state_administrator"), make.person("focal_point", name="Anna Karanja")
        for version in range(1, 28):
            change(anna, boss, *(["focal_point"] if version % 2 else ["focal_point", "donor_officer"]), version=version)
        browser = as_person(make.person("auditor"))
        first = browser.get("/settings/roles").text
        assert first.count("Anna Karanja") == 25
        assert 'rel="next"' in first


class TestTheOperatorsCommand:
    def test_makes_administrators_of_the_office_only_and_tells_those_who_are_there(self, app, smtp):
        root = make.person("administrator")
        run = app.test_cli_runner().invoke
        done = run(args=["accounts", "create", "--email", "second@unodc.example", "--name", "Second"])
        assert done.exit_code == 0, done.output
        assert db.session.scalars(sa.select(Invitation.roles)).all() == [["administrator"]]
        send_all()
        assert [mail.subject for mail in smtp.to(root.email)] == ["Somebody was invited"]
        assert (
            run(args=["accounts", "create", "--role", "auditor", "--email", "a@b.example", "--name", "A"]).exit_code
            == 2
        )
