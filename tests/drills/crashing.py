"""One change with two recipients, killed at each of its steps in turn: `python -m tests.drills.crashing FIRST EVERY`.

A program of its own with a single thread, so that it can fork; it prints one line of JSON. Each child does the whole
way: the form is sent, the event is expanded, the mail is handed over. What it leaves behind is then finished as a
person and the next worker would: the same form once more, and sweeps while the clock goes on.
"""

import json
import multiprocessing
import signal
import sys
import uuid
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests.drills.killing import NEVER, Steps
from tests.factories import assistance as requests
from tests.rights.probing import without_tokens
from tests.services.broker import forget_connections
from tests.services.client import Client
from tests.services.people import sign_in
from tracker import create_app
from tracker.assistance.models import Message
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import mailer, services
from tracker.notifications.models import Delivery
from tracker.settings.configuration import Settings

FORK = multiprocessing.get_context("fork")
AFTERWARDS = (0, 1, 2, 11, 12, 13)
"""Minutes after the kill at which the next workers look: leases have run out, then doubts."""


class Scene:
    """A request that an officer writes about, a State with two people who hear of it."""

    def __init__(self, app: Flask, steps: Steps) -> None:
        self.app, self.steps = app, steps
        self.case = requests.in_review()
        services.dispatch()
        with transaction() as session:
            session.execute(sa.delete(Delivery))
        self.newest = newest_event()
        self.address = f"/triage/requests/{self.case.public_id}"
        self.client = sign_in(app.test_client(), self.case.people.officer)

    def form(self, text: str) -> dict[str, Any]:
        """What the page of the officer sends when this was typed."""
        forms = html.fromstring(self.client.get(self.address).data).forms
        form = next(each for each in forms if (each.get("action") or "").endswith("/messages"))
        return dict(form.form_values()) | {"body": text}

    def send(self, form: dict[str, Any]) -> None:
        answer = self.client.post(f"{self.address}/messages", data=form)
        assert answer.status_code == 302, answer.status


def whole_way(scene: Scene, form: dict[str, Any], at: int, end: Connection) -> None:
    """In a child: the press, the dispatcher and the sender, until the step at which it is killed."""
    with scene.app.app_context():
        scene.steps.arm(at)
        scene.send(form)
        services.dispatch()
        services.deliver()
        scene.steps.armed = False
        end.send(scene.steps.taken)


def alone(scene: Scene, form: dict[str, Any], at: int) -> int:
    """Fork, let it be killed, and give how many steps were taken when it was not."""
    db.session.remove()
    db.engine.dispose()
    mailer.close_connections()
    forget_connections()
    near, far = FORK.Pipe(duplex=False)
    child = FORK.Process(target=whole_way, args=(scene, form, at, far))
    child.start()
    far.close()
    child.join()
    if child.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the child ended with {child.exitcode} at step {at}")
    return 0 if child.exitcode else int(near.recv())


def look_after(scene: Scene, form: dict[str, Any], step: int) -> dict[str, Any]:
    """What the killed one left; and what came of it once the form was sent again and the workers were there."""
    body = Message.body == form["body"]
    before = {"messages": count(Message, body), "events": count(Event, *events_since(scene))}
    scene.send(form)
    for minutes in AFTERWARDS:
        with shifted(now() + timedelta(minutes=minutes)):
            services.sweep()
            while services.deliver():
                pass
    mails = db.session.execute(
        sa.select(Delivery.message_id, Delivery.status, Delivery.uncertain_count)
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.channel == "email", *events_since(scene))
    ).all()
    after = {"messages": count(Message, body), "events": count(Event, *events_since(scene))}
    scene.newest = newest_event()
    return {"step": step, "before": before, "after": after, "mails": [list(row) for row in mails]}


def events_since(scene: Scene) -> tuple[Any, ...]:
    """The events of this change: those that were not there when it began."""
    return Event.name == "assistance.office_wrote", Event.id > scene.newest


def newest_event() -> int:
    found = db.session.scalar(sa.select(sa.func.max(Event.id))) or 0
    db.session.rollback()
    return int(found)


def count(model: Any, *conditions: Any) -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0
    db.session.rollback()
    return int(found)


def main() -> None:
    """Rehearse to learn how many steps there are, then be killed at FIRST, FIRST + EVERY, and so on."""
    first, every = int(sys.argv[1]), int(sys.argv[2])
    app = create_app(Settings.from_env())
    app.testing, app.test_client_class = True, Client
    without_tokens(app)
    with app.app_context():
        steps = Steps()
        scene = Scene(app, steps)
        rehearsal = scene.form(f"rehearsal {uuid.uuid4()}")
        taken = alone(scene, rehearsal, NEVER)
        points = [look_after(scene, rehearsal, 0)]
        for step in range(first, taken + 1, every):
            form = scene.form(f"step {step} {uuid.uuid4()}")
            alone(scene, form, step)
            points.append(look_after(scene, form, step))
    print(json.dumps({"steps": taken, "points": points}))


if __name__ == "__main__":
    main()
