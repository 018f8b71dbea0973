"""A view that does not say who may enter is refused to everybody while the site runs, and the operator reads which."""

import pytest

from tests.factories.accounts import person

ENDPOINT, ADDRESS = "accounts.sign_in", "/sign-in"


@pytest.fixture
def entered(app, monkeypatch):
    """What came into a view that somebody forgot to declare."""
    came = []
    monkeypatch.setitem(app.view_functions, ENDPOINT, lambda **_values: came.append(1) or "open")
    app.config["WTF_CSRF_ENABLED"] = False
    return came


@pytest.mark.parametrize("role", [None, "focal_point", "programme_manager", "administrator"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_view_without_declared_access_is_refused_and_told(entered, client, sign_in, caplog, role, method):
    if role:
        sign_in(client, person(role))
    assert client.open(ADDRESS, method=method).status_code == 403
    assert not entered
    assert f"view {ENDPOINT} declares no access" in caplog.text
