"""An application with sample pages and no database: the look needs none."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import abort, flash, g, render_template
from werkzeug.serving import make_server

from tests.look import sample
from tests.services.client import SendsWholeForms, application
from tracker.errors import Stale
from tracker.rights.actor import Actor
from tracker.web import navigation
from tracker.web.access import access

HERE = Path(__file__).parent
OFFICER = Actor(
    person_id=1, membership_id=1, organisation_id=1, organisation_code="UNODC", name="A. Moreau",
    roles=frozenset({"triage_officer"}),
)  # fmt: skip
MENU = (("Queue", "list", "work", "queue"), ("Clarifications", "talk", "work", ""), ("Pledges", "coin", "money", ""))


def _sign_in() -> None:
    g.actor = OFFICER


def _show(name: str):
    form = sample.SampleForm()
    if form.is_submitted():
        form.validate()
    elif name == "form":
        flash("Draft saved.")
    return render_template(f"look/{name}.html", form=form, moment=sample.MOMENT, day=sample.DAY)


def _fail(status: int):
    if status == 409:
        raise Stale(theirs={"title": "Their title"})
    if status == 500:
        raise RuntimeError("a fault on purpose")
    abort(status)


def _without_accounts(app) -> None:
    """Nobody is looked up in a database: the officer is here already."""
    hooks = app.before_request_funcs.get(None, [])
    app.before_request_funcs[None] = [_sign_in] + [h for h in hooks if "accounts" not in h.__module__]
    processors = app.template_context_processors[None]
    app.template_context_processors[None] = [p for p in processors if "flask_login" not in p.__module__]


@pytest.fixture(scope="session")
def look_app(base_settings):
    """The real layout around sample pages; somebody is signed in."""
    app = application(replace(base_settings, operated_by="The Office"))
    app.testing, app.test_client_class = False, SendsWholeForms
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_loader.searchpath.append(str(HERE / "templates"))
    _without_accounts(app)
    app.add_url_rule("/look/<name>", "look_page", access("public")(_show), methods=["GET", "POST"])
    app.add_url_rule("/look/error/<int:status>", "look_error", access("public")(_fail), methods=["GET", "POST"])
    app.extensions.update(navigation=[], navigation_counters=[])
    for label, icon, group, counter in MENU:
        view = access("public")(lambda: "")
        app.add_url_rule(f"/look/menu/{label}", f"look_{label}", view)
        navigation.add(app, navigation.Page(f"look_{label}", label, group=group, icon=icon, counter=counter))
        navigation.add(app, navigation.Page(f"look_{label}", label, order=9))
    app.view_functions["notifications.count"] = access("public")(lambda: {"unread": 4})
    navigation.count_with(app, lambda actor: {"queue": 61, "unread": 3})
    return app


@pytest.fixture
def look(look_app):
    """A client of the sample pages."""
    return look_app.test_client()


@pytest.fixture(scope="session")
def look_server(look_app):
    """The sample pages on a loopback port, for a real browser."""
    server = make_server("127.0.0.1", 0, look_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
