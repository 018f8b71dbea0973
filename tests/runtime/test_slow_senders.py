"""The site under gunicorn while many send slowly: nobody else waits, and what comes in pieces is read as sent."""

import http.client
import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.services import processes
from tracker.settings.patient_worker import HEAD_WITHIN, SILENT_FOR, SLOWEST, Arriving

SLOW = 60


@pytest.fixture(scope="module")
def port(database, base_settings, tmp_path_factory):
    """One site for all: nobody signs in, and whoever is dropped or leaves takes nothing along."""
    database.reset()
    process = processes.web(base_settings, tmp_path_factory.mktemp("site") / "web.log")
    yield urlsplit(base_settings.base_url).port
    process.kill()


def connect(port):
    found = socket.create_connection(("127.0.0.1", port), timeout=10)
    found.settimeout(60)  # the site is still loading, on a busy machine
    return found


def head(port, length, *more, method="POST", where="/sign-in"):
    lines = (f"{method} {where} HTTP/1.1", f"Host: localhost:{port}", f"Content-Length: {length}", *more)
    kind = "Content-Type: application/x-www-form-urlencoded"
    return "\r\n".join((*lines, kind, "", "")).encode()


def answer_of(sock):
    with http.client.HTTPResponse(sock) as answer:
        answer.begin()
        return answer.status, answer.read()


def seconds_for_a_page(port):
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/sign-in", headers={"Host": f"localhost:{port}"})
    with connection.getresponse() as answer:
        assert answer.status == 200
        answer.read()
    connection.close()
    return time.monotonic() - began


@pytest.mark.parametrize("sent", ["nothing", "half a head", "half a body"])
def test_sixty_who_send_slowly_keep_nobody_waiting(port, sent):
    starts = {"nothing": b"", "half a head": head(port, 1000)[:40], "half a body": head(port, 1000) + b"email=a"}
    seconds_for_a_page(port)
    with ExitStack() as opened:
        for _ in range(SLOW):
            opened.enter_context(connect(port)).sendall(starts[sent])
        assert max(seconds_for_a_page(port) for _ in range(3)) < 3


def test_what_comes_in_pieces_is_read_whole(port):
    body = b"email=nobody%40justice.example&csrf_token=x&whole=1"
    with connect(port) as sock:
        message = head(port, len(body)) + body
        for at in range(0, len(message), 40):
            sock.sendall(message[at : at + 40])
            time.sleep(0.01)
        status, page = answer_of(sock)
        assert status == 422
        assert b"nobody@justice.example" in page
        sock.sendall(head(port, 0, method="GET"))  # the connection is used again
        assert answer_of(sock)[0] == 200


def test_two_requests_at_once_are_answered_in_their_order(port):
    with connect(port) as sock:
        sock.sendall(head(port, 0, method="GET") + head(port, 0, method="GET", where="/no/such/place"))
        answers = b""
        while b"HTTP/1.1 404" not in answers:
            answers += sock.recv(65_536)
    assert answers.startswith(b"HTTP/1.1 200")


def test_a_body_larger_than_memory_is_read_from_the_disk(port):
    text = b"x" * 19_000
    body = b"whole=1&csrf_token=x&email=" + text + b"&kept=" + b"k" * 1_000_000
    with connect(port) as sock:
        sock.sendall(head(port, len(body)) + body)
        status, page = answer_of(sock)
    assert status == 422
    assert text in page


@pytest.mark.parametrize(
    ("start", "status"),
    [
        (("POST /sign-in HTTP/1.1", "Host: h", "Transfer-Encoding: chunked"), 411),
        (("POST /sign-in HTTP/1.1", "Host: h", "Content-Length: -5"), 400),
        (("GET / HTTP/1.1", *(f"X-{number}: {'x' * 4000}" for number in range(60))), 431),
    ],
)
def test_what_cannot_be_awaited_is_refused_at_once(port, start, status):
    with connect(port) as sock:
        sock.sendall("\r\n".join((*start, "", "")).encode())
        assert answer_of(sock)[0] == status


def test_who_never_ends_the_head_is_dropped_with_a_word(port):
    seconds_for_a_page(port)
    with connect(port) as sock:
        sock.sendall(head(port, 1000)[:40])
        assert answer_of(sock)[0] == 408


@pytest.mark.parametrize(
    ("come", "begun", "heard", "overdue"),
    [
        ("half a head", HEAD_WITHIN - 1, 0, False),
        ("half a head", HEAD_WITHIN + 1, 0, True),
        ("half a body", SILENT_FOR - 1, SILENT_FOR - 1, False),
        ("half a body", SILENT_FOR + 1, SILENT_FOR + 1, True),
        ("half a body", SILENT_FOR + 1, 0, True),  # not silent, but slower than anybody's line
        ("enough of a body", SILENT_FOR + 1, 0, False),
    ],
)
def test_how_long_a_request_may_be_on_its_way(come, begun, heard, overdue):
    whole = head(80, 1_000_000)
    parts = {
        "half a head": whole[:40],
        "half a body": whole + b"x" * 100,
        "enough of a body": whole + b"x" * int(SLOWEST * (SILENT_FOR + 2)),
    }
    request = Arriving(None)
    request.take(parts[come])
    moment = time.monotonic()
    request.begun, request.heard = moment - begun, moment - heard
    request.content.close()
    assert request.is_overdue(moment) is overdue


def test_what_is_too_large_is_refused_by_its_head(port):
    with connect(port) as sock:
        sock.sendall(head(port, 100 * 1024 * 1024) + b"x" * 140_000)
        assert answer_of(sock)[0] == 413


def test_whoever_waits_for_a_word_before_the_body_hears_it(port):
    with connect(port) as sock:
        sock.sendall(head(port, 7, "Expect: 100-continue"))
        assert sock.recv(100).startswith(b"HTTP/1.1 100 ")
        sock.sendall(b"whole=1")
        assert answer_of(sock)[0] == 422
