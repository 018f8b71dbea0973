"""Telling in the process of the test: events on a request, sent to a mail server or into the outbox."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance as requests
from tests.services.smtp import SmtpSink
from tracker.assistance.models import AssistanceRequest
from tracker.calendar import now
from tracker.database.transactions import delete_where, transaction
from tracker.events import record
from tracker.extensions import db
from tracker.notifications import mailer, services
from tracker.notifications.lifecycle import Turn
from tracker.notifications.models import Addressee, Delivery
from tracker.rights.actor import Actor


@pytest.fixture
def smtp(app, monkeypatch):
    """A mail server that is waited for one second only."""
    sink = SmtpSink().start()
    point_at(app, monkeypatch, sink.url)
    yield sink
    mailer.close_connections()
    sink.stop()


def point_at(app, monkeypatch, url: str, *, seconds: int = 1) -> None:
    """Have the application send to `url`, and wait for an answer as long as that."""
    settings = replace(app.extensions["tracker_settings"], smtp_url=f"{url}?timeout={seconds}")
    monkeypatch.setitem(app.extensions, "tracker_settings", settings)
    mailer.close_connections()


@pytest.fixture
def request_of_kenya(app):
    """A submitted request with an officer and a manager; what was told until now is done with."""
    case = requests.submitted()
    assert case.people.officer
    assert case.people.manager
    services.dispatch()
    with transaction():
        db.session.execute(sa.delete(Delivery))
    return case


def happen(case, name: str, *, actor: Actor = Actor.system, **data) -> int:
    """Record an event about a request, as a verb would; gives its id."""
    with transaction():
        subject = db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()
        return record(name, subject, actor=actor, **data).id


def nobody_in_their_stead() -> None:
    """Leave of those whom events tell the ones that they name."""
    with transaction():
        delete_where(Addressee, Addressee.turn != Turn.FIRST)


def send_all(*, after: timedelta = timedelta(0)) -> int:
    """Expand and send everything that is due `after` some time from now; the number of tries."""
    with now.shifted(now.now() + after):
        services.sweep()
        return sum(iter(services.deliver, 0))


def mails(**columns) -> list[Delivery]:
    """The e-mail deliveries as they stand, in the order of their ids."""
    db.session.rollback()
    conditions = [getattr(Delivery, name) == value for name, value in columns.items()]
    return list(
        db.session.scalars(sa.select(Delivery).where(Delivery.channel == "email", *conditions).order_by(Delivery.id))
    )


def states_of(**columns) -> list[str]:
    """Their statuses."""
    return [delivery.status for delivery in mails(**columns)]
