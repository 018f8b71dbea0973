"""Who has to act next, as the State's lists and the first lines of a request's page say it to each person."""

from datetime import timedelta

import pytest

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance.drafting.services import edit
from tracker.assistance.implementation.services import confirm_implementation
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where


@pytest.fixture
def read(app, sign_in):
    """`read(person, address)` is the text of a page as that person sees it."""
    return lambda person, address: sign_in(app.test_client(), person).get(address).get_data(as_text=True)


class TestTheList:
    def test_says_of_a_draft_that_it_is_with_whoever_writes_it(self, read):
        case = make.draft(title="Half written")
        assert "with you, changed on" in read(case.people.drafter, "/requests")
        assert "with its drafter, changed on" in read(case.people.authority, "/requests")

    def test_tells_the_authority_that_it_is_their_turn(self, read):
        case = make.awaiting_authorisation()
        assert "with you since" in read(case.people.authority, "/requests")
        assert "with your authority since" in read(case.people.drafter, "/requests")

    def test_tells_who_does_not_answer_that_the_state_is_asked(self, read):
        case = make.in_clarification()
        assert "with you since" in read(case.people.drafter, "/requests")
        administrator = accounts.person("state_administrator", of=case.people.of)
        page = read(administrator, "/requests")
        assert "with your State since" in page
        assert "Nothing waits for you at present." in read(administrator, "/desk")

    def test_says_that_a_decision_was_due(self, read):
        case = make.in_review()
        with transaction():
            of_this = AssistanceRequest.public_id == case.public_id
            update_where(AssistanceRequest, of_this, due_at=now() - timedelta(days=3))
        assert ", was due by" in read(case.people.drafter, "/requests")

    def test_says_like_the_page_that_a_delivery_is_to_be_confirmed(self, read):
        case = make.delivered()
        assert "with your State: a delivery is to be confirmed" in read(case.people.drafter, "/requests")
        assert "with your State: a delivery is to be confirmed" in read(case.people.drafter, case.url)
        page = read(case.people.officer, f"/triage/requests/{case.public_id}")
        assert "UNODC waits for Kenya since" in page


class TestTheRequest:
    def test_waits_for_you_when_you_are_the_authority(self, read):
        case = make.awaiting_authorisation()
        assert "Waiting for you since" in read(case.people.authority, case.url)
        assert "Waiting for your authority since" in read(case.people.drafter, case.url)

    def test_offers_the_second_look_where_the_decline_is_told(self, read):
        case = make.declined()
        page = read(case.people.authority, case.url)
        assert "You can ask for a second look until" in page
        assert f'<a class="button button--plain" href="{case.url}/reopen">' in page
        assert "Your authority can ask for a second look until" in read(case.people.drafter, case.url)

    def test_asks_to_confirm_only_what_was_delivered(self, read):
        case = make.completed()
        assert "You can still confirm and rate what was delivered." in read(case.people.drafter, case.url)
        first = make.activities(case)[0]
        confirm_implementation(
            case.public_id, actor=case.drafter, activity_public_id=first.public_id, rating=5, comment=""
        )
        assert "You can still confirm" not in read(case.people.drafter, case.url)

    def test_leads_to_the_request_that_it_joined(self, read):
        case = make.merged()
        page = read(case.people.drafter, case.url)
        assert "Everything further happens in TA-" in page
        assert "Open TA-" in page


def test_the_review_shows_the_title_and_who_would_see_what(read):
    case = make.complete(title="Laboratory for the coast", marking="confidential")
    columns = {"consent_proposal": ["title:donors", "amounts:donors"]}
    edit(case.public_id, actor=case.drafter, version=case.version, step="consent", columns=columns)
    page = read(case.people.drafter, f"{case.url}/review")
    card = page[page.index("What you ask for") : page.index("Who will be told")]
    for words in ("Laboratory for the coast", "Confidential", "the title, the amounts", "The public would see"):
        assert words in card


def test_a_delivery_waits_for_the_states_word(read):
    case = make.delivered()
    page = read(case.people.drafter, case.url)
    assert "with your State: a delivery is to be confirmed" in page
    assert "with UNODC since" not in page
