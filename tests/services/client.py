"""The application as tests drive it, and a client whose requests stand alone, as they do on a server."""

import contextvars
import os
import uuid
from typing import Any

from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.datastructures import MultiDict

from tracker import create_app
from tracker.extensions import celery, db
from tracker.settings.configuration import Settings
from tracker.web.whole_forms import MARK

COMPILED = "TRACKER_TEST_TEMPLATES"
"""Names the folder in which all processes of a run find the templates that one of them has compiled."""


def whole(data: Any) -> Any:
    """What a form sends, with the mark and a key where the test names none; a name with None is left out."""
    usual = {MARK: "1", "key": str(uuid.uuid4())}
    if isinstance(data, MultiDict):
        missing = {name: value for name, value in usual.items() if name not in data}
        return MultiDict([*data.items(multi=True), *missing.items()])
    if data is None or isinstance(data, dict):
        return {name: value for name, value in (usual | (data or {})).items() if value is not None}
    return data


class SendsWholeForms(FlaskClient):
    """A client whose forms arrive whole unless the test says otherwise."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("method") == "POST":
            kwargs["data"] = whole(kwargs.get("data"))
        return super().open(*args, **kwargs)


class Client(SendsWholeForms):
    """Each request gets an application context of its own instead of the test's: what hangs on `g` (the person, the
    language) and the database session end with it. Afterwards the test reads afresh what the request wrote."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        context = contextvars.copy_context()
        context.run(_cv_app.set, None)
        try:
            return context.run(super().open, *args, **kwargs)
        finally:
            db.session.rollback()


def application(settings: Settings) -> Flask:
    """The application for a test. No wake-up leaves it until the test asks for a `broker`: each one would cost as much
    as the act that sends it, to find that nobody is there."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Client
    if COMPILED in os.environ:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[COMPILED])
    celery.conf.broker_url = None
    return app
