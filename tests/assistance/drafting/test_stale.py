"""Two people on one request: the second sees both texts, and nothing of theirs is saved over the first."""

import pytest

from tests.factories import assistance
from tests.services.people import sign_in
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.drafting import services as drafting
from tracker.assistance.handling import services as handling


@pytest.fixture(autouse=True)
def forms_without_token(app):
    app.config["WTF_CSRF_ENABLED"] = False


class TestWhatHappenedMeanwhile:
    """A refused form is answered with who did what since it was opened, beside what was typed."""

    def test_is_told_after_an_act_on_an_old_page_and_nothing_is_done(self, client):
        case = assistance.submitted()
        seen = case.version
        handling.take_up(case.public_id, actor=case.officer, version=seen)
        sign_in(client, case.people.authority)
        answer = client.post(f"{case.url}/withdraw", data={"version": seen, "reason": "Our plans have changed."})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "Our plans have changed." in page
        assert "In review" in page
        assert case.now.status == "in_review"
        told = page[page.index("What happened meanwhile") : page.index("What you typed")]
        assert "Note verbale verified, review begun" in told
        assert "UNODC" in told
        assert "Submitted with a note verbale" not in told  # that was there when the page was opened

    def test_names_the_colleague_who_was_faster(self, client):
        case = assistance.awaiting_authorisation()
        seen = case.version
        authorisation.return_to_draft(case.public_id, actor=case.authority, version=seen, reason="The budget.")
        sign_in(client, case.people.authority)
        answer = client.post(f"{case.url}/return", data={"version": seen, "reason": "Please add the dates."})
        page = answer.get_data(as_text=True)
        assert answer.status_code in (403, 409)
        assert "Returned to the drafter" in page
        assert case.people.authority.name in page[page.index("What happened meanwhile") :]
        assert "Please add the dates." in page

    def test_names_the_officer_who_was_faster_to_colleagues(self, client):
        case = assistance.submitted()
        seen = case.version
        handling.take_up(case.public_id, actor=case.officer, version=seen)
        sign_in(client, case.people.manager)
        answer = client.post(f"/triage/requests/{case.public_id}/take-up", data={"version": seen})
        page = answer.get_data(as_text=True)
        assert answer.status_code in (403, 409)
        assert case.people.officer.name in page[page.index("What happened meanwhile") :]

    def test_says_of_a_saved_draft_that_it_was_changed(self, client):
        case = assistance.draft()
        seen = case.version
        drafting.edit(case.public_id, actor=case.drafter, version=seen, step="why", values={"problem": "New words."})
        sign_in(client, case.people.drafter)
        answer = client.post(f"{case.url}/discard", data={"version": seen})
        assert answer.status_code == 409
        assert "Something in it was changed" in answer.get_data(as_text=True)

    def test_is_empty_for_somebody_who_may_not_see_the_request(self, client):
        case = assistance.submitted()
        sign_in(client, assistance.People("GHA").authority)
        answer = client.post(f"{case.url}/withdraw", data={"version": 1, "reason": "It is not ours."})
        assert answer.status_code == 404
        assert "What happened meanwhile" not in answer.get_data(as_text=True)


def test_an_expired_form_gives_back_what_was_typed_under_the_names_it_has_on_the_page(app, client):
    case = assistance.draft()
    sign_in(client, case.people.drafter)
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"csrf_token": "old", "objectives": "Nothing is lost.", "expected_results": "Two.", "then": "continue"}
    page = client.post(f"{case.url}/steps/why", data=data).get_data(as_text=True)
    assert "<dt>Objectives</dt>" in page
    assert "<dt>Expected results</dt>" in page
    assert "<dt>then</dt>" not in page
    assert '<input type="hidden" name="then" value="continue">' in page  # so that trying again does the same
