"""What the addresses answer that take a file in pieces: this room's own, and those of rooms that have one."""

import uuid
from typing import Any

from flask import jsonify, request

from tracker.errors import Invalid
from tracker.files.pieces import places, services, tickets
from tracker.languages.marking import lazy


def answer() -> Any:
    """Take the piece in this HTTP request and say how many bytes are there: 409 where it was not the next one.

    Higher rooms whose pages send theirs to an address of their own (`places.register`) call it there.
    """
    ticket = tickets.read(request.form.get("ticket", ""), places.here().owner)
    sent = request.files.get("piece")
    piece = sent.stream.read(services.LARGEST_PIECE + 1) if sent else b""
    size, at = _number("size"), _number("at")
    there = services.take(
        ticket, uuid.UUID(request.form["key"]), name=request.form.get("name", ""), size=size, at=at, piece=piece
    )
    return jsonify(received=there), 200 if there == at + len(piece) or there == size else 409


def _number(name: str) -> int:
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise Invalid(lazy("The piece of the file is not whole. Send it again."))
    return int(text)
