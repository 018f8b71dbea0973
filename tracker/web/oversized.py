"""The texts of a form that is refused because its file is too large: they are read past it, and it is thrown away."""

from typing import Any

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, MultipartDecoder, NeedData

MOST_BYTES = 96 * 1024 * 1024
"""A form beyond this is not looked at: what is thrown away has to be read, too."""
MOST_TEXT = 2 * 1024 * 1024
_AT_ONCE = 64 * 1024

Fields = list[tuple[str, str]]


def texts() -> Fields:
    """The fields of the form without its files, as far as they can be read; read once for each request."""
    if "texts_of_oversized" not in g:
        g.texts_of_oversized = _read()
    return list(g.texts_of_oversized)


def _read() -> Fields:
    kind, options = parse_options_header(request.headers.get("Content-Type"))
    length = request.content_length or 0
    small = (request.max_content_length or 0) >= length
    if kind != "multipart/form-data" or small or length > MOST_BYTES or not options.get("boundary"):
        return []
    decoder = MultipartDecoder(options["boundary"].encode("latin-1"), MOST_TEXT, max_parts=request.max_form_parts)
    try:
        return [(name, text.decode("utf-8", "replace")) for name, text in _fields(decoder, length)]
    except (ValueError, RequestEntityTooLarge):  # no form of any browser, or of none of ours
        return []


def _fields(decoder: MultipartDecoder, length: int) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    in_text, room = False, MOST_TEXT
    for event in _events(decoder, length):
        if isinstance(event, Field):
            found.append((event.name, b""))
        if not isinstance(event, Data):
            in_text = isinstance(event, Field)
        elif in_text:
            room -= len(event.data)
            if room < 0:
                raise RequestEntityTooLarge
            found[-1] = (found[-1][0], found[-1][1] + event.data)
    return found


def _events(decoder: MultipartDecoder, length: int) -> Any:
    stream = request.environ["wsgi.input"]
    while True:
        event = decoder.next_event()
        if isinstance(event, NeedData):
            chunk = stream.read(min(_AT_ONCE, length))
            length -= len(chunk)
            decoder.receive_data(chunk or None)
        elif isinstance(event, Epilogue):
            return
        else:
            yield event
