"""The drafter asks the authority: what must be there before, and what the reference is."""

from datetime import timedelta

import pytest

from tests.assistance.conftest import send
from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance.authorisation import services
from tracker.calendar.now import today
from tracker.errors import Invalid

pytestmark = pytest.mark.usefixtures("app")


class TestAskingForAuthorisation:
    def test_names_every_gap_with_a_link_to_its_step(self, client_of):
        case = make.draft(title="Only a title")
        page = send(client_of(case.people.drafter), f"{case.url}/review")
        assert page.status_code == 422
        for sentence, step in (("Describe the problem.", "why"), ("Add at least one budget line", "when")):
            assert sentence in page.text
            assert f'href="{case.url}/steps/{step}"' in page.text
        assert case.now.reference is None

    def test_does_not_pass_what_cannot_be_read(self, client_of):
        case = make.complete()
        typed = {"currency": "USD", "lines-0-label": "Rooms", "lines-0-amount": "many"}
        send(client_of(case.people.drafter), f"{case.url}/steps/when", then="leave", **typed)
        with pytest.raises(Invalid) as refused:
            services.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        assert list(refused.value.fields) == ["step:when"]

    def test_does_not_pass_days_that_are_over(self, client_of):
        over = {"starts_on": "2020-03-02", "ends_on": (today() - timedelta(days=1)).isoformat(), "place": ""}
        case = make.complete(dates=over)
        page = send(client_of(case.people.drafter), f"{case.url}/review")
        assert page.status_code == 422
        assert "The last day is over already" in page.text
        last = make.complete(case.people, dates={**over, "ends_on": today().isoformat()})
        assert send(client_of(case.people.drafter), f"{last.url}/review").status_code == 302

    def test_gives_references_without_a_gap_and_keeps_them(self, client_of):
        people = make.People()
        first = make.complete(people)
        answer = send(client_of(people.drafter), f"{first.url}/review")
        assert answer.status_code == 302
        year = today().year
        assert first.now.reference == f"TA-{year}-KEN-001"
        services.return_to_draft(first.public_id, actor=first.authority, version=first.version, reason="Shorter")
        assert make.awaiting_authorisation(people).now.reference == f"TA-{year}-KEN-002"
        services.ask_authorisation(first.public_id, actor=first.drafter, version=first.version)
        assert first.now.reference == f"TA-{year}-KEN-001"
        assert first.now.return_reason is None

    def test_a_returned_draft_reads_the_same_way_to_whoever_returned_it(self, client_of):
        case = make.awaiting_authorisation()
        services.return_to_draft(case.public_id, actor=case.authority, version=case.version, reason="Shorter")
        for someone in (case.people.drafter, case.people.authority):
            page = client_of(someone).get(case.url).text
            assert "Returned by your authority on" in page
            assert "Returned to you" not in page

    def test_the_review_says_who_will_be_told(self, client_of):
        case = make.complete()
        authority = accounts.person("authorising_officer", name="Grace Hopeful")
        assert authority.name in client_of(case.people.drafter).get(f"{case.url}/review").text

    def test_the_annex_carries_reference_and_label(self, client_of):
        case = make.awaiting_authorisation()
        page = client_of(case.people.authority).get(f"{case.url}/annex").text
        assert '<p class="small soft screen-only">Print this page with your browser' in page
        assert case.now.reference in page
        assert "Demonstration" in page
