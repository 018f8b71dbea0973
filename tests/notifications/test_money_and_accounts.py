"""Notes about money, which each side reads in its own way, and about accounts, which carry personal links."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, pledges
from tests.notifications.conftest import mails, send_all, states_of
from tracker.accounts import services as account_services
from tracker.accounts.models import Invitation
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import inbox, services
from tracker.pledges import services as money
from tracker.web.application import settings


def subjects(smtp, someone) -> list[str]:
    return [mail.subject for mail in smtp.to(someone.email)]


class TestMoney:
    @pytest.fixture
    def people(self, app):
        people = pledges.people()
        assert people.officer
        return people

    @pytest.fixture
    def kenya(self, people):
        drafter = accounts.person("focal_point", of="KEN")
        request = pledges.request_of("KEN")
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == request.id, drafter_id=drafter.person_id)
        return drafter, request

    def test_a_donor_and_the_office_follow_a_pledge(self, people, smtp):
        public_id = pledges.accepted(people)
        send_all()
        reference = self.reference(public_id)
        assert subjects(smtp, people.signatory) == [f"{reference}: a pledge was offered", f"{reference}: accepted"]
        assert subjects(smtp, people.officer) == [f"{reference}: signed", f"{reference}: accepted"]
        assert f"{reference}: a pledge was offered" in subjects(smtp, people.manager)
        assert [mail.subject for mail in smtp.to("official@norad.example")] == [f"{reference}: accepted"]

    def reference(self, public_id) -> str:
        from tracker.pledges.models import Pledge

        found = db.session.scalar(sa.select(Pledge.reference).where(Pledge.public_id == public_id))
        db.session.rollback()
        return found

    def test_the_state_reads_its_request_and_the_donor_its_pledge(self, people, kenya, smtp):
        drafter, request = kenya
        pledge = pledges.funded(people)
        pledges.allocated(people, pledge, request, 50_00)
        send_all()
        assert subjects(smtp, drafter) == [f"{request.reference}: money was set aside for your request"]
        (told,) = [mail for mail in smtp.to(people.officer.email) if "set aside" in mail.subject]
        assert self.reference(pledge) in told.subject
        assert request.reference not in told.text
        for mail in smtp.to(drafter.email):
            assert self.reference(pledge) not in mail.text

    def test_a_plan_is_the_offices_own_matter(self, people, kenya, smtp):
        drafter, request = kenya
        pledge = pledges.funded(people)
        pledges.planned(people, pledge, request, 50_00)
        send_all()
        assert smtp.to(drafter.email) == []
        assert not [subject for subject in subjects(smtp, people.officer) if "allocation" in subject]
        waits = f"{self.reference(pledge)}: an allocation waits for approval"
        assert waits in subjects(smtp, people.finance)

    def test_nobody_hears_of_money_for_a_case_of_which_they_may_read_nothing(self, people, kenya, smtp):
        _drafter, request = kenya
        pledge = pledges.funded(people)
        send_all()
        before = len(smtp.to(people.finance.email))
        pledges.planned(people, pledge, request, 50_00)
        with transaction() as session:
            session.add(Recusal(request_id=request.id, person_id=people.finance.person_id, reason="We are related."))
        send_all()
        assert len(smtp.to(people.finance.email)) == before
        assert not [entry for entry in inbox.page(people.finance.actor).entries if "allocation" in entry.headline]

    def test_finance_hears_that_a_plan_need_not_be_approved_any_more(self, people, kenya, smtp):
        drafter, request = kenya
        pledge = pledges.funded(people)
        plan = pledges.planned(people, pledge, request, 50_00)
        money.cancel_plan(plan, actor=people.manager.actor, version=1, reason="Another pledge pays.")
        send_all()
        dropped = f"{self.reference(pledge)}: a planned allocation was dropped"
        assert dropped in subjects(smtp, people.finance)
        assert dropped in subjects(smtp, people.other_finance)
        assert dropped not in subjects(smtp, people.officer)
        assert smtp.to(drafter.email) == []

    def test_a_plan_that_a_withdrawal_drops_is_told_of_too(self, people, kenya, smtp):
        _drafter, request = kenya
        pledge = pledges.funded(people)
        pledges.planned(people, pledge, request, 50_00)
        pledges.release(request)
        send_all()
        assert f"{self.reference(pledge)}: a planned allocation was dropped" in subjects(smtp, people.finance)

    def test_the_paying_donor_hears_of_the_result_by_its_own_pledge(self, people, kenya, smtp):
        from tracker.events import record
        from tracker.rights.actor import Actor

        _drafter, request = kenya
        pledge = pledges.funded(people)
        pledges.allocated(people, pledge, request, 50_00)
        stranger = accounts.person("donor_officer", of="SIDA")
        send_all()
        smtp.clear()
        with transaction() as session:
            record(
                "assistance.implementation_confirmed",
                session.get_one(AssistanceRequest, request.id),
                actor=Actor.system,
            )
        send_all()
        reference = self.reference(pledge)
        assert subjects(smtp, people.officer) == [f"{reference}: the State confirmed a delivery that your pledge pays"]
        assert request.reference not in smtp.to(people.officer.email)[0].text
        assert smtp.to(stranger.email) == []
        newest, *_rest = inbox.page(people.officer.actor).entries
        assert newest.headline == f"{reference}: the State confirmed a delivery that your pledge pays"


class TestAccounts:
    @pytest.fixture
    def invited(self, app):
        administrator = accounts.person("state_administrator", of="KEN")
        public_id = account_services.invite(
            uuid.UUID(administrator.organisation_public_id),
            actor=administrator.actor,
            email="new@ken.example",
            name="New Person",
            language="fr",
            roles=["focal_point"],
        )
        return uuid.UUID(str(public_id))

    def link_in(self, mail) -> str:
        found = re.search(re.escape(settings().base_url) + r"(/invitation/\S+|/reset/\S+)", mail.text)
        assert found
        return found.group(1)

    def test_an_invitation_carries_a_link_that_opens(self, invited, smtp, client):
        send_all()
        (mail,) = smtp.to("new@ken.example")
        assert mail.message["Content-Language"] == "fr"
        assert client.get(self.link_in(mail)).status_code == 200

    def test_a_note_with_a_link_for_one_mailbox_says_why_it_came(self, invited, smtp):
        accounts.person("focal_point", of="KEN", email="old@ken.example")
        account_services.ask_reset("old@ken.example", address="192.0.2.1")
        send_all()
        (invitation,), (reset,) = smtp.to("new@ken.example"), smtp.to("old@ken.example")
        assert "vous propose une place" in invitation.text
        assert "14 jours" in invitation.text
        assert "If it was not you, you need not do anything" in " ".join(reset.text.split())
        for mail in (invitation, reset):
            assert "official address" not in mail.text
            assert "adresse officielle" not in mail.text
            assert "ask you to sign in" not in mail.text

    def test_a_revoked_invitation_is_not_mailed(self, invited, smtp):
        services.dispatch()
        with transaction():
            update_where(Invitation, Invitation.public_id == invited, revoked_at=now())
        send_all()
        assert smtp.to("new@ken.example") == []
        assert states_of(recipient_key=f"invite:{db.session.scalar(sa.select(Invitation.id))}") == ["suppressed"]

    def test_a_forgotten_password_brings_a_link_and_nothing_in_the_application(self, app, smtp, client):
        someone = accounts.person("focal_point", password=accounts.PASSWORD)
        account_services.ask_reset(someone.email, address="192.0.2.1")
        send_all()
        (mail,) = smtp.to(someone.email)
        assert client.get(self.link_in(mail)).status_code == 200
        assert inbox.unread_count(someone.actor) == 0

    def test_a_link_that_has_run_out_is_not_mailed(self, app, smtp):
        someone = accounts.person("focal_point", password=accounts.PASSWORD)
        account_services.ask_reset(someone.email, address="192.0.2.1")
        assert send_all(after=timedelta(days=2)) == 1
        assert smtp.received == []
        assert [row.last_error for row in mails()] == ["the personal link was used or has expired"]

    def test_who_loses_a_place_is_told_all_the_same(self, app, smtp):
        administrator = accounts.person("state_administrator", of="KEN")
        leaver = accounts.person("focal_point", of="KEN")
        account_services.end_membership(uuid.UUID(leaver.membership_public_id), actor=administrator.actor, version=1)
        send_all()
        assert subjects(smtp, leaver) == ["Your membership has ended"]
