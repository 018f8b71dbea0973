"""A slash too many at the end of an address."""

import pytest

from tests.factories import assistance as make


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/requests/", "/requests"),
        ("/pledges/", "/pledges"),
        ("/triage/queue/?status=all&q=a%20b", "/triage/queue?status=all&q=a%20b"),
        ("/account/", "/account"),
    ],
)
def test_leads_to_the_page_with_its_query(client, typed, leads_to):
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (308, leads_to)


def test_leads_a_person_to_the_very_request(client, sign_in):
    case = make.in_review()
    sign_in(client, case.people.drafter)
    assert client.get(f"{case.url}/", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("typed", ["/nothing/", "//evil.example/", "/requests/x/", "/\\evil.example/"])
def test_leads_nowhere_else(client, typed):
    answer = client.get("/", environ_overrides={"PATH_INFO": typed})
    assert answer.status_code == 404 or answer.headers["Location"] == "http://localhost/evil.example/"


def test_is_for_reading_only(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/account/").status_code == 404


def test_another_hosts_name_is_refused_with_a_sentence(app, client):
    app.config["TRUSTED_HOSTS"] = ["tracker.example"]
    answer = client.get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text == "The tracker does not answer under this name."
