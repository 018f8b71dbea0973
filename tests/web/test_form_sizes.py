"""A form brings so many fields and so much text as a form of ours can have, whatever it is sent as."""

import time

import pytest

from tests.factories import accounts as make
from tests.services.people import sign_in
from tracker.web.form_sizes import MOST_FIELDS, MOST_OF_A_STRANGER, MOST_TEXT

FLOOD = 200_000
ASK = "/ask-for-an-account"


@pytest.fixture(autouse=True)
def without_tokens(app):
    app.config["WTF_CSRF_ENABLED"] = False


def urlencoded(client, where, body):
    return client.open(where, method="POST", data=body, content_type="application/x-www-form-urlencoded")


def multipart(client, where, fields, texts=1, first=""):
    part = 'Content-Disposition: form-data; name="a"\r\n\r\n' + "x" * texts
    body = first + "".join(f"--b\r\n{part}\r\n" for _ in range(fields)) + "--b--\r\n"
    return client.open(where, method="POST", data=body.encode(), content_type="multipart/form-data; boundary=b")


class TestFields:
    @pytest.mark.parametrize("where", [ASK, "/sign-in", "/requests/new", "/no/such/place"])
    def test_are_counted_before_they_are_read(self, client, where):
        answer = urlencoded(client, where, b"&".join(b"a=%d" % number for number in range(FLOOD)))
        assert answer.status_code in (404, 413)
        assert len(answer.data) < 20_000

    def test_are_counted_in_multipart_too(self, client):
        answer = multipart(client, ASK, MOST_FIELDS + 1)
        assert answer.status_code == 413
        assert len(answer.data) < 20_000

    def test_of_json_nothing_is_read_or_given_back(self, client):
        body = b"{%s}" % b",".join(b'"k%d":"secret"' % number for number in range(FLOOD))
        answer = client.open(ASK, method="POST", data=body, content_type="application/json")
        assert answer.status_code == 422
        assert len(answer.data) < 20_000

    def test_as_many_as_a_form_has_are_taken(self, client):
        sign_in(client, make.person("focal_point"))
        began = time.process_time()
        answer = urlencoded(client, "/requests/new", b"&".join([b"whole=1", *[b"a=1"] * (MOST_FIELDS - 2)]))
        assert answer.status_code == 422
        assert time.process_time() - began < 8  # all forms were asked again for each label: 17 seconds


class TestText:
    def test_in_one_form_has_a_limit_in_all(self, client):
        sign_in(client, make.person("focal_point"))
        assert urlencoded(client, "/requests/new", b"a=" + b"x" * MOST_TEXT).status_code == 413
        assert multipart(client, "/requests/new", 30, MOST_TEXT // 20).status_code == 413

    @pytest.mark.parametrize("where", [ASK, "/forgotten-password", "/sign-in"])
    def test_of_a_stranger_is_as_short_as_a_form_before_the_sign_in(self, client, where):
        answer = client.post(where, data={"email": '"' * (MOST_OF_A_STRANGER + 1)})
        assert answer.status_code == 413
        assert len(answer.data) < 20_000

    def test_of_a_stranger_is_given_back_where_it_is_no_longer_than_that(self, client):
        typed = "'" * (MOST_OF_A_STRANGER // 2)
        assert len(client.post(ASK, data={"statement": typed}).data) < 12 * MOST_OF_A_STRANGER

    def test_that_the_sign_in_carries_on_is_not_given_back_unless_it_is_ours(self, client):
        answer = client.post("/sign-in", data={"kept": "x" * 1_500_000, "email": "a@b.example"})
        assert answer.status_code == 422
        assert len(answer.data) < 30_000

    def test_beside_a_file_has_a_limit_too(self, client):
        sign_in(client, make.person("focal_point"))
        paper = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-\r\n'
        assert multipart(client, "/requests/new", 25, 100_000, first=paper).status_code == 413
