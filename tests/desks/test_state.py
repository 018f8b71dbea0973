"""The State's desk: what needs whom."""

from datetime import timedelta

import pytest

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.accounts import services as accounts_services
from tracker.accounts.lifecycle import INVITATION_HOLDS
from tracker.assistance.authorisation import services
from tracker.calendar.now import now, shifted


@pytest.fixture
def client_of(app, sign_in):
    """`client_of(someone)` is a browser in which that person is signed in."""
    return lambda someone: sign_in(app.test_client(), someone)


class TestDesk:
    def test_gives_each_person_their_own_tasks(self, client_of):
        people = make.People()
        make.draft(people, title="Half written")
        make.awaiting_authorisation(people)
        drafter, authority = client_of(people.drafter).get("/desk").text, client_of(people.authority).get("/desk").text
        assert "Finish the draft" in drafter
        assert "Read and submit a request" not in drafter
        assert "Read and submit a request" in authority

    def test_says_that_a_draft_came_back(self, client_of):
        case = make.awaiting_authorisation()
        services.return_to_draft(case.public_id, actor=case.authority, version=None, reason="Shorter")
        assert "Change and send again" in client_of(case.people.drafter).get("/desk").text

    def test_shows_nothing_of_another_state(self, client_of):
        make.submitted(title="Ours alone")
        page = client_of(accounts.person("focal_point", of="BTN")).get("/desk").text
        assert "Ours alone" not in page
        assert "Nothing waits for you at present." in page

    def test_is_the_states_only(self, client_of):
        for role in ("donor_officer", "triage_officer"):
            assert client_of(accounts.person(role)).get("/desk").status_code == 403


class TestAdministratorsTasks:
    @pytest.fixture
    def administrator(self, app):
        return accounts.person("state_administrator", of="KEN")

    @pytest.fixture
    def invite(self, administrator):
        owner = accounts.organisation("KEN").public_id
        give = {"actor": administrator.actor, "email": "amina@justice.example", "name": "Amina Diallo"}
        return lambda role: accounts_services.invite(owner, **give, language="fr", roles=[role])

    def test_names_who_is_missing_until_somebody_is_invited(self, administrator, client_of, invite):
        page = client_of(administrator).get("/desk").text
        assert "Nobody of your State can write requests at present." in page
        assert "Nobody of your State can submit requests at present." in page
        invite("authorising_officer")
        page = client_of(administrator).get("/desk").text
        assert "Nobody of your State" not in page
        assert "Nothing waits for you at present." in page

    def test_names_invitations_whose_time_has_run_out(self, administrator, client_of, invite):
        accounts.person("authorising_officer", of="KEN")
        invite("focal_point")
        assert "Send the invitation" not in client_of(administrator).get("/desk").text
        with shifted(now() + INVITATION_HOLDS + timedelta(days=1)):
            page = client_of(administrator).get("/desk").text
        assert "Send the invitation of Amina Diallo again" in page

    def test_are_nobody_elses(self, administrator, client_of, invite):
        invite("focal_point")
        drafter = accounts.person("focal_point", of="KEN")
        with shifted(now() + INVITATION_HOLDS + timedelta(days=1)):
            page = client_of(drafter).get("/desk").text
        assert "Send the invitation" not in page
        assert "Nobody of your State" not in page
