"""A step that a colleague saved meanwhile shows both texts as the request's page would, never values of the program."""

from tests.factories import assistance
from tests.services.people import sign_in
from tracker.assistance.drafting import services


def test_amounts_have_their_currency_and_names_stand_for_codes(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    case = assistance.draft()
    seen = str(case.version)
    budget = {"currency": "USD", "lines": [["Trainers", 50_000]]}
    services.edit(case.public_id, actor=case.drafter, version=case.version, step="when", values={"budget": budget})
    sign_in(client, case.people.drafter)
    typed = {"version": f"{seen}.x", "currency": "USD", "lines-0-label": "Laboratory", "lines-0-amount": "750"}
    page = client.post(f"{case.url}/steps/when", data={**typed, "then": "continue"})
    assert page.status_code == 409
    shown = page.text.partition("Somebody else saved this page")[2].partition("<form")[0]
    assert "Trainers" in shown
    assert "Laboratory" in shown
    assert "500" in shown
    assert "50000" not in shown
    assert "{" not in shown
    assert "[" not in shown
