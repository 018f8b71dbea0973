"""Roles of the office and of those who sign: asked by one person, given by another, never held before that."""

import io
import uuid

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.accounts.test_giving import change, invite, token_of
from tests.factories import accounts as make
from tests.files.samples import PDF
from tests.notifications.conftest import send_all
from tests.rights.presses import day
from tracker.accounts import queries, services
from tracker.accounts.models import Invitation, RoleProposal
from tracker.accounts.services import NoteVerbale
from tracker.calendar.now import today
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db


@pytest.fixture
def root(app):
    return make.person("administrator", name="Root")


@pytest.fixture
def second(app):
    return make.person("administrator", name="Second")


def waiting() -> RoleProposal:
    found = db.session.scalars(sa.select(RoleProposal).where(RoleProposal.status == "waiting")).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


def note(reference="KEN/12", **changes) -> NoteVerbale:
    facts = {"file": FileStorage(io.BytesIO(PDF), filename="note.pdf")} | changes
    return NoteVerbale(reference, facts.pop("date", today()), **facts)


def give(by, proposal=None, **changes):
    proposal = proposal or waiting()
    services.give_roles(proposal.public_id, actor=by.actor, version=proposal.version, **changes)


def accept(public_id, name="Zuri"):
    return services.accept_invitation(token_of(public_id), name=name, language="en", password_hash="x")


class TestRolesOfTheOffice:
    def test_wait_for_a_second_administrator(self, root, second):
        officer = make.person("triage_officer")
        change(officer, root, "triage_officer", "programme_manager")
        assert officer.actor.roles == {"triage_officer"}
        give(second)
        assert officer.actor.roles == {"triage_officer", "programme_manager"}

    def test_are_not_given_by_whoever_asked_nor_by_whoever_gets_them(self, root, second):
        change(second, root, "administrator", "auditor")
        for one, code in ((root, "second_person"), (second, "oneself")):
            with pytest.raises(Forbidden) as refused:
                give(one)
            assert refused.value.refusal.code == code
        assert second.actor.roles == {"administrator"}

    @pytest.mark.parametrize("role", ["auditor", "programme_manager", "state_administrator", "donor_administrator"])
    def test_are_not_given_by_anybody_else(self, root, role):
        change(make.person("triage_officer"), root, "finance_officer")
        someone = make.person(role)
        with pytest.raises(Exception) as refused:
            give(someone)
        assert type(refused.value).__name__ in ("Forbidden", "NotFound")

    def test_an_invitation_goes_out_only_then(self, root, second, smtp):
        public_id = invite(root, "zuri@unodc.example", "finance_officer", of="UNODC")
        send_all()
        assert smtp.to("zuri@unodc.example") == []
        number = db.session.scalar(sa.select(Invitation.id))
        assert queries.link_for_invitation(number) is None
        with pytest.raises(Forbidden):
            services.renew_invitation(public_id, actor=root.actor, version=None)
        give(second)
        send_all()
        assert "/invitation/" in smtp.to("zuri@unodc.example")[0].text
        made = accept(public_id)
        assert queries.actor_for(made["person"], made["membership"]).roles == {"finance_officer"}

    def test_an_invitation_that_is_refused_is_taken_back(self, root, second):
        public_id = invite(root, "zuri@unodc.example", "finance_officer", of="UNODC")
        services.refuse_roles(waiting().public_id, actor=second.actor, version=1, reason="Nobody knows them.")
        row = db.session.scalars(sa.select(Invitation).where(Invitation.public_id == public_id)).one()
        assert row.revoked_at is not None

    def test_what_does_not_go_together_is_not_given_later_either(self, root, second):
        officer = make.person("triage_officer")
        invite(root, "zuri@ken.example", "focal_point", of="KEN")
        change(officer, root, "finance_officer", "triage_officer")
        make.membership(officer, "focal_point", of="GHA")
        with pytest.raises(Forbidden) as refused:
            give(second)
        assert refused.value.refusal.code == "together"


class TestWhoSigns:
    @pytest.mark.parametrize(
        ("boss", "role", "of"),
        [
            ("state_administrator", "authorising_officer", "KEN"),
            ("state_administrator", "donor_signatory", "KEN"),
            ("donor_administrator", "donor_signatory", "NORAD"),
            ("administrator", "authorising_officer", "KEN"),
        ],
    )
    def test_acts_once_the_office_has_confirmed_it_with_the_note(self, second, boss, role, of):
        by = make.person(boss, of="UNODC" if boss == "administrator" else of)
        public_id = invite(by, "zuri@ken.example", role, of=of)
        made = accept(public_id)
        ids = made["person"], made["membership"]
        assert queries.actor_for(*ids).roles == frozenset()
        give(second, note=note())
        assert queries.actor_for(*ids).roles == {role}
        kept = db.session.scalars(sa.select(RoleProposal)).one()
        assert (kept.note_reference, kept.note_date) == ("KEN/12", today())
        assert kept.note_file_id is not None

    def test_the_rest_counts_at_once(self, second):
        boss = make.person("state_administrator", of="KEN")
        made = accept(invite(boss, "zuri@ken.example", "focal_point", "authorising_officer", of="KEN"))
        assert queries.actor_for(made["person"], made["membership"]).roles == {"focal_point"}

    def test_given_before_it_is_accepted_it_counts_from_the_start(self, second):
        boss = make.person("state_administrator", of="KEN")
        public_id = invite(boss, "zuri@ken.example", "authorising_officer", of="KEN")
        give(second, note=note())
        made = accept(public_id)
        assert queries.actor_for(made["person"], made["membership"]).roles == {"authorising_officer"}

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [(None, "note_reference"), ({"reference": " "}, "note_reference"), ({"file": None}, "note_file")],
    )
    def test_not_without_reference_date_and_file(self, second, wrong, field):
        boss = make.person("state_administrator", of="KEN")
        invite(boss, "zuri@ken.example", "authorising_officer", of="KEN")
        with pytest.raises(Invalid) as refused:
            give(second, note=note(**wrong) if wrong else None)
        assert field in refused.value.fields

    def test_an_old_invitation_gives_no_signature_either(self, second):
        """One that was open on the day on which a second person came to be needed has no row that waits."""
        boss = make.person("state_administrator", of="KEN")
        public_id = invite(boss, "zuri@ken.example", "authorising_officer", of="KEN")
        db.session.execute(sa.delete(RoleProposal))
        db.session.commit()
        made = accept(public_id)
        assert queries.actor_for(made["person"], made["membership"]).roles == frozenset()
        assert waiting().asked_by == boss.membership_id

    def test_a_note_that_came_with_the_first_account_is_enough(self, app, root, client):
        from tests.accounts.test_account_requests import answers

        make.state("CIV")
        data = answers(note_file=(io.BytesIO(PDF), "note.pdf"))
        assert client.post("/ask-for-an-account", data=data).status_code == 302
        (asked,) = queries.account_requests_page(root.actor)
        services.approve(asked.public_id, actor=root.actor, version=1, roles=[["authorising_officer"]])
        public_id = db.session.scalar(sa.select(Invitation.public_id))
        made = accept(public_id)
        assert queries.actor_for(made["person"], made["membership"]).roles == {"authorising_officer"}

    def test_a_note_that_follows_on_paper_is_not(self, app, root, client):
        from tests.accounts.test_account_requests import answers

        make.state("CIV")
        assert client.post("/ask-for-an-account", data=answers()).status_code == 302
        (asked,) = queries.account_requests_page(root.actor)
        services.approve(asked.public_id, actor=root.actor, version=1, roles=[["authorising_officer"]])
        made = accept(db.session.scalar(sa.select(Invitation.public_id)))
        assert queries.actor_for(made["person"], made["membership"]).roles == frozenset()


class TestChangingOnesMind:
    def test_other_roles_take_the_place_of_those_that_wait(self, root, second):
        officer = make.person("triage_officer")
        change(officer, root, "triage_officer", "programme_manager")
        change(officer, root, "triage_officer", "finance_officer", version=2)
        assert waiting().roles == ["finance_officer"]
        change(officer, root, "triage_officer", version=3)
        assert db.session.scalars(sa.select(RoleProposal.status)).all() == ["dropped", "dropped"]

    def test_who_leaves_leaves_nothing_that_waits(self, root, second):
        officer = make.person("triage_officer")
        change(officer, root, "triage_officer", "programme_manager")
        services.end_membership(uuid.UUID(officer.membership_public_id), actor=root.actor, version=2)
        assert db.session.scalars(sa.select(RoleProposal.status)).all() == ["dropped"]
        public_id = invite(root, "zuri@unodc.example", "auditor", of="UNODC")
        services.revoke_invitation(public_id, actor=root.actor, version=None)
        assert set(db.session.scalars(sa.select(RoleProposal.status))) == {"dropped"}


class TestPages:
    def test_the_task_stands_in_the_menu_of_the_others(self, root, second, as_person, hidden):
        officer = make.person("triage_officer", name="Amara")
        change(officer, root, "triage_officer", "programme_manager")
        url = f"/settings/roles/{waiting().public_id}"
        mine, theirs = as_person(root), as_person(second)
        assert '>Roles <span class="count">1</span>' not in " ".join(mine.get("/settings/roles").text.split())
        page = " ".join(theirs.get("/settings/roles").text.split())
        assert 'Roles <span class="count">1</span>' in page
        assert url in page
        assert "Another administrator gives them." in mine.get(url).text
        shown = theirs.get(url)
        assert "Who will be told" in shown.text
        sent = hidden(shown)
        assert theirs.post(f"{url}/give", data=sent).status_code == 302
        assert theirs.post(f"{url}/give", data=sent).status_code == 302  # the same press again
        assert officer.actor.roles == {"triage_officer", "programme_manager"}
        assert mine.post(f"{url}/give", data=sent | {"key": str(uuid.uuid4())}).status_code == 403

    def test_asks_for_the_note_and_keeps_what_was_typed(self, second, as_person, hidden):
        boss = make.person("state_administrator", of="KEN")
        invite(boss, "zuri@ken.example", "authorising_officer", of="KEN")
        url = f"/settings/roles/{waiting().public_id}"
        browser = as_person(second)
        sent = hidden(browser.get(url)) | {"note_reference": "KEN/77"} | day("note_date", today())
        answer = browser.post(f"{url}/give", data=sent)
        assert answer.status_code == 422
        assert 'value="KEN/77"' in answer.text
        assert browser.post(f"{url}/give", data=sent | {"note_file": (io.BytesIO(PDF), "n.pdf")}).status_code == 302
        kept = browser.get(f"{url}/note-verbale")
        assert kept.status_code == 200
        assert kept.data == PDF
        assert as_person(make.person("triage_officer")).get(f"{url}/note-verbale").status_code == 403

    def test_whoever_waits_reads_so_on_every_page(self, app, second, as_person):
        boss = make.person("state_administrator", of="KEN")
        anna = make.person("focal_point", of="KEN")
        change(anna, boss, "focal_point", "authorising_officer")
        browser = as_person(anna)
        assert "You can act as Authorising officer once an administrator of the office" in browser.get("/account").text
        assert "Waits to be confirmed: Authorising officer" in as_person(boss).get("/my-organisation").text
        give(second, note=note())
        assert "You can act as" not in as_person(anna).get("/account").text

    def test_who_has_no_role_yet_has_a_page_to_begin_on(self, app, second):
        boss = make.person("state_administrator", of="KEN")
        made = accept(invite(boss, "zuri@ken.example", "authorising_officer", of="KEN"))
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = services.begin(made["person"], membership_id=made["membership"])
        page = browser.get("/start", follow_redirects=True)
        assert page.status_code == 200
        assert "You can act as Authorising officer once" in page.text

    def test_a_refusal_reaches_whoever_asked(self, second, as_person, hidden, smtp):
        boss, anna = make.person("state_administrator", of="KEN"), make.person("focal_point", of="KEN")
        change(anna, boss, "focal_point", "authorising_officer")
        url, browser = f"/settings/roles/{waiting().public_id}/refuse", as_person(second)
        assert browser.post(url, data=hidden(browser.get(url)) | {"reason": " "}).status_code == 422
        assert browser.post(url, data=hidden(browser.get(url)) | {"reason": "Not in the note."}).status_code == 302
        send_all()
        for told in (boss, anna):
            assert "Roles asked for are refused" in [mail.subject for mail in smtp.to(told.email)]
        assert "Not in the note." in as_person(boss).get("/my-organisation").text
        assert anna.actor.roles == {"focal_point"}
