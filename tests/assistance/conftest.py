"""Browsers of the people around a request."""

import re
import uuid

import pytest
import sqlalchemy as sa

from tests.services.people import sign_in
from tracker.assistance import queries
from tracker.assistance.fields import editing as fields
from tracker.events import Event
from tracker.extensions import db


@pytest.fixture
def client_of(app):
    """Gives browsers: in `client_of(someone)` that person is signed in, and cross-site tokens are not checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    return lambda someone: sign_in(app.test_client(), someone)


def form_of(page, action: str = "") -> dict[str, str]:
    """The hidden fields of the form that is sent to `action`, else of the first form of a page that has a key."""
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", page.text, re.DOTALL)
    sent_to = re.compile(rf'action="{re.escape(action)}(\?sent=1)?"')
    there = [body for opening, body in forms if action and sent_to.search(opening)]
    every = [*there, *(body for _opening, body in forms)]
    hidden = (dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', body)) for body in every)
    found = next((fields for fields in hidden if fields.get("key")), None)
    assert found, page.text[:500]
    return found


def send(client, address: str, *, to: str | None = None, **fields):
    """Open a page and send its form with these fields."""
    hidden = form_of(client.get(address), to or "")
    return client.post(to or address, data={**hidden, **fields})


def new_key() -> str:
    return str(uuid.uuid4())


def value(case, name):
    """What a field of the request says now."""
    found = fields.value_of(queries.load_whole(case.public_id, case.drafter), name)
    db.session.rollback()
    return found


def events(case) -> list[str]:
    """The names of what was recorded about the request, in order."""
    about = sa.and_(Event.subject_type == "request", Event.subject_id == case.now.id)
    names = db.session.scalars(sa.select(Event.name).where(about).order_by(Event.id)).all()
    db.session.rollback()
    return list(names)
