"""A file that is too large does not take the texts beside it along."""

import io

import pytest

from tests.factories import assistance as make
from tests.services.people import sign_in
from tracker.web import oversized

WORDS = "Concept note on evidence, « troisième version »"
LIMIT = 200_000


@pytest.fixture
def send(app, monkeypatch):
    """`send(fields)`: to the page of a draft's documents, which takes a fifth of a megabyte today."""
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", LIMIT)
    case = make.draft()
    drafter = sign_in(app.test_client(), case.people.drafter)
    return lambda fields: drafter.post(f"{case.url}/documents", data=fields)


def large(size=LIMIT):
    return io.BytesIO(b"\r\n--x" * (size // 5)), "large.pdf"


@pytest.mark.parametrize("fields", [{"file": large, "label": WORDS}, {"label": WORDS, "file": large}])
def test_texts_before_and_after_it_are_shown(send, fields):
    answer = send({name: value() if callable(value) else value for name, value in fields.items()})
    assert answer.status_code == 413
    assert WORDS in answer.text
    assert "Nothing of it is lost" in answer.text


def test_where_too_much_came_to_be_read_the_page_says_so(send, monkeypatch):
    monkeypatch.setattr(oversized, "MOST_BYTES", LIMIT)
    answer = send({"label": WORDS, "file": large(LIMIT + 1_000)})
    assert answer.status_code == 413
    assert WORDS not in answer.text
    assert "Go back in your browser" in answer.text


def test_what_is_no_form_at_all_is_refused_in_peace(app, send):
    client = app.test_client()
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"):
        answer = client.post("/sign-in", data=b"x" * (LIMIT + 1), content_type=kind)
        assert answer.status_code == 413
