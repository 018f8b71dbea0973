"""What the tests of the admin panel say about a request: its pages, its events and clocks, its place in the queue."""

import re
from typing import Any

import sqlalchemy as sa

from tests.factories import assistance as make
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db

REFERENCES = re.compile(r'<td><bdi class="keep">([^<]+)</bdi></td>')


def page(case: make.Case, act: str = "") -> str:
    """The address of the request's page, or of an act's page."""
    return f"/triage/requests/{case.public_id}" + (f"/{act}" if act else "")


def events(case: make.Case, name: str) -> list[Event]:
    """The request's events of that name."""
    found = db.session.scalars(sa.select(Event).where(Event.name == name, Event.subject_id == case.now.id)).all()
    return list(found)


def clocks(case: make.Case) -> dict[str, Clock]:
    """The newest clock of each name."""
    found = db.session.scalars(sa.select(Clock).where(Clock.request_id == case.now.id).order_by(Clock.id)).all()
    return {clock.name: clock for clock in found}


def references(answer: Any) -> list[str]:
    """The references in the order in which the queue lists them."""
    assert answer.status_code == 200
    return REFERENCES.findall(answer.get_data(as_text=True))


def set_columns(case: make.Case, **columns: Any) -> None:
    """Write what no verb would write."""
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.public_id == case.public_id, **columns)
