"""The State's desk: what needs whom."""

import pytest

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance import services


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
