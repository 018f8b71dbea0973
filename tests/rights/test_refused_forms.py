"""Every form, refused in every way in which a form can be: what was typed is shown, but for what is sealed."""

import html
import io
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import abort

from tests.rights import table
from tests.rights.people import ANONYMOUS
from tests.rights.presses import PRESSES
from tests.rights.pressing import form_for, sent
from tracker.web.form_classes import is_secret_name, secret_names
from tracker.web.whole_forms import MARK

AT_THE_DOOR = (400, 429, 503)
"""What may befall any form before its view has seen it."""
SMALL = 300_000


@contextmanager
def refusing(app, status):
    """Every form is refused with this status, once it is known who sends it."""
    hooks = app.before_request_funcs[None]
    app.before_request_funcs[None] = [*hooks, lambda: abort(status)]
    yield
    app.before_request_funcs[None] = hooks


def at_the_door(scene, press, address, body):
    for status in AT_THE_DOOR:
        with refusing(scene.app, status):
            yield status, sent(scene, press, address, body)


def with_too_large_a_file(scene, press, address, body):
    """Beside the form's own files: what is typed after them counts, too."""
    kept = scene.app.config["MAX_CONTENT_LENGTH"]
    scene.app.config["MAX_CONTENT_LENGTH"] = SMALL
    first = {"large": lambda: (io.BytesIO(b"x" * SMALL), "large.pdf")}
    try:
        yield 413, sent(scene, press, address, {**first, **body})
    finally:
        scene.app.config["MAX_CONTENT_LENGTH"] = kept


def by_somebody_else(scene, endpoint, press, address, body):
    if press.by != ANONYMOUS:
        yield 401, sent(scene, replace(press, by=ANONYMOUS), address, body)
    rows = [
        statuses for (name, method, _subject), statuses in table.read().items() if (name, method) == (endpoint, "POST")
    ]
    without_role = [who for who, status in rows[0].items() if status == 403 and all(row[who] == 403 for row in rows)]
    if without_role:
        yield 403, sent(scene, replace(press, by=without_role[-1]), address, body)


def in_part_or_too_late(scene, press, address, body):
    yield 422, sent(scene, press, address, {**body, MARK: None})
    if body.get("version"):
        yield 409, sent(scene, press, address, {**body, "version": "999999999"})


@pytest.mark.parametrize("endpoint", sorted(PRESSES))
def test_what_was_typed_is_shown_whatever_refuses_it(scene, endpoint):
    press = PRESSES[endpoint]
    scene.put_back()
    with scene.app.app_context():
        scene.prepare(press)
        address, body, texts = form_for(scene, endpoint, press)
        open_texts = [name for name in texts if not is_secret_name(name, secret_names())]
        words = [" ".join(str(body[name]).split()) for name in open_texts if isinstance(body[name], str)]
        answers = [
            *at_the_door(scene, press, address, body),
            *with_too_large_a_file(scene, press, address, body),
            *by_somebody_else(scene, endpoint, press, address, body),
            *in_part_or_too_late(scene, press, address, body),
        ]
    wrong = []
    for status, answer in answers:
        shown = " ".join(html.unescape(answer.body).split())
        missing = [text for text in words if text not in shown]
        # Without a single word there is nothing to keep: whoever is not signed in is led to the page for it.
        led = status == 401 and not words and answer.status == 302
        if (answer.status != status and not led) or missing:
            wrong.append((status, answer.error or answer.status, missing))
    assert not wrong
