"""Two people on one request: the second sees both texts, and nothing of theirs is saved over the first."""

import pytest

from tests.factories import assistance
from tests.services.people import sign_in
from tracker.assistance import services


@pytest.fixture(autouse=True)
def forms_without_token(app):
    app.config["WTF_CSRF_ENABLED"] = False


def test_a_withdrawal_of_an_old_page_shows_what_stands_there_now(client):
    case = assistance.submitted()
    seen = case.version
    services.take_up(case.public_id, actor=case.officer, version=seen)
    sign_in(client, case.people.authority)
    answer = client.post(f"{case.url}/withdraw", data={"version": seen, "reason": "Our plans have changed."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Our plans have changed." in page
    assert "In review" in page
    assert case.now.status == "in_review"
