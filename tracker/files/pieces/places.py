"""Whose an upload is and where its pieces go: a higher room says so for pages that open in a way of their own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import session, url_for

from tracker.web.access import current_actor


@dataclass(frozen=True, slots=True)
class Place:
    """The owner of what is sent here (a text that no two people share), and the address that takes the pieces."""

    owner: str
    address: str


Resolver = Callable[[], Place | None]
STRANGER = "stranger:"
"""What the owner begins with who has not signed in and whom no room knows."""
_IN_SESSION = "uploads"
_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> Resolver:
    """Have `resolver` say whose page the one of this HTTP request is; None where it is no page of its own."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)
    return resolver


def here() -> Place:
    """The place of whoever sends this HTTP request."""
    for resolver in _resolvers:
        place = resolver()
        if place is not None:
            return place
    person_id = current_actor().person_id
    owner = _stranger() if person_id is None else f"person:{person_id}"
    return Place(owner, url_for("files.take_piece"))


def _stranger() -> str:
    if _IN_SESSION not in session:
        session[_IN_SESSION] = uuid.uuid4().hex
    return STRANGER + session[_IN_SESSION]
