"""Trying one address as one persona without changing anything, and what came out."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.rights.people import ANONYMOUS, CANARIES
from tests.rights.world import World
from tests.services.people import sign_in
from tracker.accounts.models import WebSession
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ERROR_ID = re.compile(r"\b[0-9a-f]{8}\b")
_TOKEN = re.compile(r'name="csrf_token"[^>]*')


@dataclass(frozen=True)
class Answer:
    """What a persona got."""

    status: int
    location: str
    body: str
    read: frozenset[str]
    """The canaries that the body or the address it leads to holds."""
    error: str = ""

    @property
    def plain(self) -> str:
        """The body without what differs between any two requests: ids, the error's number, tokens."""
        text = _TOKEN.sub("", _UUID.sub("ID", self.body))
        return _ERROR_ID.sub("NUMBER", text)


def sign_everybody_in(app: Flask, world: World) -> None:
    """Begin a session for each persona and keep its cookie."""
    name = app.config["SESSION_COOKIE_NAME"]
    for persona, someone in world.people.items():
        client = sign_in(app.test_client(), someone)
        world.cookies[persona] = f"{name}={client.get_cookie(name).value}"
    mine = WebSession.person_id == world.people["drafter"].person_id
    world.ids["session"] = db.session.scalar(sa.select(WebSession.public_id).where(mine))
    with transaction():  # sessions used just now are not written to by every page
        db.session.execute(sa.update(WebSession).values(touched_at=now() + timedelta(hours=1)))


def without_tokens(app: Flask, needed: bool = False) -> None:
    """Whether forms need their token: the matrix asks who may, and a form without token would hide it."""
    app.config["WTF_CSRF_ENABLED"] = needed


@contextmanager
def watched(look: Callable[[], None]) -> Iterator[None]:
    """Every commit becomes a look at what would have been committed, and a rollback."""
    commit = Session.commit

    def let_go(session: Session) -> None:
        session.flush()
        look()
        session.info["after_commit"] = []
        session.rollback()

    Session.commit = let_go
    try:
        yield
    finally:
        Session.commit = commit


@contextmanager
def nothing_kept() -> Iterator[list[str]]:
    """Every commit becomes a rollback, after all has been written and checked; the list holds one word for each."""
    tried: list[str] = []
    with watched(lambda: tried.append("commit")):
        yield tried


def ask(
    app: Flask, world: World, persona: str, method: str, address: str, data: dict[str, Any] | None = None
) -> Answer:
    """Send one request as a persona and forget every change that it made."""
    client = app.test_client(use_cookies=False)
    if method == "POST":
        data = {"csrf_token": "", **(data or {})}  # an empty body would count as no form at all
    headers = {} if persona == ANONYMOUS else {"Cookie": world.cookies[persona]}
    try:
        response = client.open(address, method=method, headers=headers, data=data)
    except Exception as problem:
        db.session.rollback()
        return Answer(500, "", "", frozenset(), error=f"{persona} {method} {address}: {problem!r}")
    body = response.get_data().decode("utf-8", "replace")
    for written in (address, quote(address, "")):
        body = body.replace(written, "ADDRESS") if len(address) > 1 else body
    location = response.headers.get("Location", "")
    names = f"{location} {response.headers.get('Content-Disposition', '')}"
    lowered = f"{body} {names}".lower()
    found = frozenset(word for word in CANARIES if word in lowered)
    return Answer(response.status_code, location, body, found)
