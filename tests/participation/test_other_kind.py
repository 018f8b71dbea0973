"""A request for technical assistance has no delegation, at no address."""

from tests.factories import accounts as make
from tests.services.people import sign_in


def test_its_pages_are_not_there(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    author = make.person("focal_point")
    sign_in(client, author)
    made = client.post("/requests/new", data={"kind": "technical", "language": "en"})
    request = made.location.split("/requests/")[1].split("/")[0]
    assert client.get(f"/requests/{request}/delegates").status_code == 404
    assert client.post(f"/requests/{request}/delegates/copy").status_code == 404
