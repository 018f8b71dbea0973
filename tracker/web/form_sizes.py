"""How much a form may bring, whatever it is sent as: fields are counted before they are read one by one, and so many
characters are taken as a page can give back."""

import io
from typing import IO, Any

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from tracker.web.access import current_actor

MOST_FIELDS = 2_000
"""The longest form of ours has a few hundred; the office's list of what to do at once ticks them."""
MOST_TEXT = 2 * 1024 * 1024
"""Bytes of text in one form, files aside."""
MOST_OF_A_STRANGER = 20_000
"""Characters of what somebody types or reads back who is not signed in; every form before the sign-in is smaller."""
CARRIED = "kept"
"""The field in which the sign-in carries on a form whose session was gone (see `kept_forms`)."""

Parsed = tuple[IO[bytes], Any, Any]


class CountingParser(FormDataParser):
    """Werkzeug's parser counts the fields of multipart forms only, and limits each of their texts and not the sum."""

    def _parse_urlencoded(self, stream: IO[bytes], mimetype: str, length: int | None, options: Any) -> Parsed:
        most = self.max_form_memory_size or MOST_TEXT
        content = stream.read(most + 1)
        if len(content) > most or content.count(b"&") >= (self.max_form_parts or MOST_FIELDS):
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(io.BytesIO(content), mimetype, length, options)

    def _parse_multipart(self, stream: IO[bytes], mimetype: str, length: int | None, options: Any) -> Parsed:
        parsed = super()._parse_multipart(stream, mimetype, length, options)
        text = sum(len(name) + len(value) for name, value in parsed[1].items(multi=True))
        if text > (self.max_form_memory_size or MOST_TEXT):
            for file in parsed[2].values():
                file.close()
            raise RequestEntityTooLarge
        return parsed


def refuse_floods_of_strangers() -> None:
    """The before_request hook: a form that anybody may send is as short as it has to be. Others are for people who
    sign in, and keep what was typed when their session is gone; that, signed, may come with a form of the sign-in."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or current_actor().signed_in or "public" not in getattr(view, "access", ()):
        return
    brought = sum(len(name) + len(text) for name, text in request.form.items(multi=True) if name != CARRIED)
    if brought > MOST_OF_A_STRANGER:
        raise RequestEntityTooLarge


def init_app(app: Flask) -> None:
    """Bind the hook, after the one that counts how often somebody asks."""
    app.before_request(refuse_floods_of_strangers)
