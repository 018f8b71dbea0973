"""The application as tests drive it, and a client whose requests stand alone, as they do on a server."""

import contextvars
import os
from typing import Any

from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from tracker import create_app
from tracker.extensions import celery, db
from tracker.settings.configuration import Settings

COMPILED = "TRACKER_TEST_TEMPLATES"
"""Names the folder in which all processes of a run find the templates that one of them has compiled."""


class Client(FlaskClient):
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
